import { open } from "node:fs/promises";
import { UsageError } from "./usageError";

const MOST_BYTES = 4 * 1024 * 1024;
const ERRORS: Readonly<Record<string, string>> = {
  ENOENT: "does not exist: check its name.",
  ENOTDIR: "does not exist: check its name.",
  EISDIR: "is a folder: name a file in it.",
  EACCES: "may not be read: check its permissions.",
};

/**
 * A source file's text, without a byte order mark, its line ends made `\n`. The file itself is never changed.
 * @throws UsageError where it cannot be read, is larger than 4 MiB, or is no text in UTF-8
 */
export async function readSource(file: string): Promise<string> {
  let bytes: Buffer;
  try {
    const handle = await open(file);
    try {
      const size = (await handle.stat()).size;
      if (size > MOST_BYTES)
        throw new UsageError(`${file} has ${(size / 2 ** 20).toFixed(1)} MiB: choose one of at most ${MOST_BYTES / 2 ** 20} MiB.`);
      bytes = await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    throw new UsageError(`${file} ${ERRORS[code] ?? `cannot be read (${code}): choose another.`}`, { cause: error });
  }
  if (bytes.includes(0)) throw new UsageError(`${file} is a binary file: choose one with source code.`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes).replace(/\r\n?/g, "\n");
  } catch (error) {
    throw new UsageError(`${file} is not in UTF-8: convert it first.`, { cause: error });
  }
}
