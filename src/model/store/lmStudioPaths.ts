import { readdir } from "node:fs/promises";
import * as path from "node:path";
import type { Manifest } from "../manifest";
import { errorCode } from "./errorCode";
import { lmStudioFolders } from "./lmStudioFolders";
import type { Surroundings } from "./storeDirectory";

/** Files and folders that are looked at in one models folder, which may be anything, such as the root of a disk; who has more may name the file. */
const MOST_LOOKS = 2_000;

/**
 * Where LM Studio may keep the base: `<models>/<publisher>/<model>/<file>` (lmstudio.ai/docs/basics/import-model). First as the hub calls it, then every
 * GGUF file: imported ones have any publisher and name. Only sizes of these are looked at, since nearly all are other models.
 */
export async function* lmStudioPaths(base: Manifest["base"], around: Surroundings): AsyncGenerator<string> {
  const folders = await lmStudioFolders(around);
  if (base.hub !== undefined) for (const folder of folders) yield path.join(folder, ...base.hub.repository.split("/"), base.hub.file);
  for (const folder of folders) yield* ggufFilesIn(folder);
}

async function* ggufFilesIn(folder: string): AsyncGenerator<string> {
  let looks = 0;
  for (const publisher of await namesIn(folder)) {
    if (++looks > MOST_LOOKS) return;
    for (const model of await namesIn(path.join(folder, publisher))) {
      if (++looks > MOST_LOOKS) return;
      for (const file of await namesIn(path.join(folder, publisher, model))) {
        if (!file.toLowerCase().endsWith(".gguf")) continue;
        if (++looks > MOST_LOOKS) return;
        yield path.join(folder, publisher, model, file);
      }
    }
  }
}

/** Sorted; empty where it is no folder or can't be read. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return [];
  }
}
