import type { FileHandle } from "node:fs/promises";
import { damaged } from "../damaged";

/**
 * Fills `into` from byte `position` of the file.
 * @throws EngineError modelDamaged where the file ends before that
 */
export async function readFully(handle: FileHandle, file: string, into: Uint8Array, position: number): Promise<void> {
  for (let read = 0; read < into.length;) {
    const { bytesRead } = await handle.read(into, read, into.length - read, position + read);
    if (bytesRead === 0) throw damaged(file, "it became shorter after it was opened");
    read += bytesRead;
  }
}
