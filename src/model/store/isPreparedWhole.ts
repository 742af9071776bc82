import { readFile, stat } from "node:fs/promises";
import * as path from "node:path";
import { PREPARED_FILE, PREPARED_VERSION, type PreparedModel } from "../preparedModel";
import { errorCode } from "./errorCode";

/**
 * Whether a folder holds a prepared model of this version, made from `source`, with every file at its size. Milliseconds: nothing big is read, the
 * engine would refuse bytes that changed in place.
 */
export async function isPreparedWhole(directory: string, source: string): Promise<boolean> {
  try {
    const prepared = JSON.parse(await readFile(path.join(directory, PREPARED_FILE), "utf8")) as Partial<PreparedModel> | null;
    if (prepared?.version !== PREPARED_VERSION || prepared.source !== source) return false;
    const files = Object.entries(prepared.files ?? {});
    for (const [name, { bytes }] of files) if ((await stat(path.join(directory, name))).size !== bytes) return false;
    return files.length > 0;
  } catch (error) {
    if (
      error instanceof SyntaxError ||
      error instanceof TypeError ||
      ["ENOENT", "ENOTDIR", "EISDIR", "ELOOP"].includes(errorCode(error) ?? "")
    )
      return false;
    throw error;
  }
}
