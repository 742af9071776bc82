import { open } from "node:fs/promises";

/** Puts a folder's names onto the disk, so that a rename outlives a power cut. Windows has no such call and orders its journal itself. */
export async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(directory, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
