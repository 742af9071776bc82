import { readdir, stat } from "node:fs/promises";
import * as path from "node:path";
import { errorCode } from "./errorCode";

/** Bytes of all files below a folder that others may be changing: what vanishes meanwhile counts 0. */
export async function folderBytes(directory: string): Promise<number> {
  let sum = 0;
  try {
    for (const entry of await readdir(directory, { withFileTypes: true })) {
      const full = path.join(directory, entry.name);
      if (entry.isDirectory()) sum += await folderBytes(full);
      else if (entry.isFile()) sum += (await stat(full)).size;
    }
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
  }
  return sum;
}
