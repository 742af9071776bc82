import { readdir, stat } from "node:fs/promises";
import * as path from "node:path";
import { PREPARED_FILE, type PreparedModel } from "../preparedModel";
import { errorCode } from "./errorCode";
import { readSmallFile } from "./readSmallFile";

/**
 * A prepared folder that was not used for so long is taken for forgotten. Every start of a window or of the terminal marks the one that it uses
 * (`markPreparedUsed`), so this is how long a window of an older Unmask may stay open before its folder goes. Even then its engine reads on, since what is
 * mapped outlives its name (on Windows the folder can't be renamed then, and stays); only where that engine starts anew is it prepared again. Longer than
 * a holiday, for half a gigabyte.
 */
export const FORGOTTEN_AFTER_MS = 14 * 24 * 60 * 60_000;

/**
 * Prepared folders of one model, of another version or source than `current`, that nobody used for long. What is not ours is not among them: its name
 * must be as `storeLayout` gives it, it must be a folder itself, say that it is this model, and hold nothing but what it says.
 * @param nowMs a folder from the future counts as new
 */
export async function oldPrepared(current: string, modelName: string, nowMs: number): Promise<string[]> {
  const parent = path.dirname(current);
  const old: string[] = [];
  for (const entry of await readdir(parent, { withFileTypes: true })) {
    const folder = path.join(parent, entry.name);
    if (!entry.isDirectory() || folder === current) continue;
    if (await isForgotten(folder, modelName, nowMs)) old.push(folder);
  }
  return old;
}

async function isForgotten(folder: string, modelName: string, nowMs: number): Promise<boolean> {
  const id = /^(.+)-v\d+-([0-9a-f]{16})$/.exec(path.basename(folder));
  if (id?.[1] !== modelName) return false;
  try {
    const file = path.join(folder, PREPARED_FILE);
    if (!(nowMs - (await stat(file)).mtimeMs > FORGOTTEN_AFTER_MS)) return false;
    const prepared = JSON.parse((await readSmallFile(file)) ?? "null") as Partial<PreparedModel> | null;
    if (prepared?.name !== modelName || typeof prepared.source !== "string" || !prepared.source.startsWith(id[2]!)) return false;
    const itsOwn = new Set([PREPARED_FILE, ...Object.keys(prepared.files ?? {})]);
    return (await readdir(folder)).every((name) => itsOwn.has(name));
  } catch (error) {
    if (error instanceof SyntaxError || errorCode(error) !== undefined) return false;
    throw error;
  }
}
