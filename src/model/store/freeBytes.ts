import { statfs } from "node:fs/promises";
import { errorCode } from "./errorCode";

/**
 * Bytes that this user may still write to the disk that holds a folder. Undefined where the system does not say: some network and user-space file
 * systems refuse the question, or answer that they have no blocks at all. A full disk is then found by writing.
 */
export async function freeBytes(directory: string, ask: (directory: string) => Promise<DiskBlocks> = statfs): Promise<number | undefined> {
  try {
    const { bavail, bsize, blocks } = await ask(directory);
    return blocks > 0 ? bavail * bsize : undefined;
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}

interface DiskBlocks {
  readonly bavail: number;
  readonly bsize: number;
  readonly blocks: number;
}
