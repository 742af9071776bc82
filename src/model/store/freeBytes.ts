import { statfs } from "node:fs/promises";

/** Bytes that this user may still write to the disk that holds an existing folder. */
export async function freeBytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}
