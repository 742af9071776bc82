import { open, type FileHandle } from "node:fs/promises";
import { damaged } from "./damaged";

/** @throws EngineError modelDamaged where the file cannot be opened */
export async function openForReading(file: string): Promise<FileHandle> {
  return open(file, "r").catch((cause: unknown) => {
    throw damaged(file, `it cannot be opened: ${(cause as NodeJS.ErrnoException).code ?? String(cause)}`, cause);
  });
}
