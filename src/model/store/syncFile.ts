import { open } from "node:fs/promises";

/** Puts a file's bytes onto the disk. Windows flushes only through a handle that may write. */
export async function syncFile(file: string): Promise<void> {
  const handle = await open(file, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
