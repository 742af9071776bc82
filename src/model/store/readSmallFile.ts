import { readFile, stat } from "node:fs/promises";
import { errorCode } from "./errorCode";

/** Settings of other programs are some kilobytes. */
const MOST_BYTES = 1 << 20;

/** A text of another program's, which may be anything; undefined where it is missing, no file, too large or not to be read. */
export async function readSmallFile(file: string): Promise<string | undefined> {
  try {
    const status = await stat(file);
    return status.isFile() && status.size <= MOST_BYTES ? await readFile(file, "utf8") : undefined;
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}
