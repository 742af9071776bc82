import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Gives a file a new text, as a whole or not at all: nobody ever reads half of it. Its folder is made where there is none.
 * @param writer of this one's own, so that several may write at once: the text is first in `<file>.<writer>`
 * @throws the file system's errors
 */
export async function replaceFile(file: string, text: string, writer: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${writer}`;
  try {
    await writeFile(temporary, text);
    await rename(temporary, file);
  } catch (error) {
    // That it could not be written is what went wrong, not that its rest stays.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}
