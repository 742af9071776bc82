import { stat } from "node:fs/promises";

/** Changes when a file is written to, replaced or removed: what shows that a file of somebody else's stayed as it was verified while it was read. */
export async function baseStamp(file: string): Promise<string> {
  const { dev, ino, size, mtimeMs } = await stat(file);
  return [dev, ino, size, mtimeMs].join();
}
