import { randomUUID } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";

/** Gives a file a new text, as a whole or not at all: nobody ever reads half of it, also where several processes write it. @throws the file system's errors */
export async function replaceFile(file: string, text: string): Promise<void> {
  const temporary = `${file}.${randomUUID()}`;
  try {
    await writeFile(temporary, text);
    await rename(temporary, file);
  } catch (error) {
    // That it could not be written is what went wrong, not that its rest stays.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}
