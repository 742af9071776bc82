import { StoreError } from "./storeError";

/** @throws StoreError noSpace, before anything is written */
export async function checkSpace(
  directory: string,
  neededBytes: number,
  freeBytesOf: (directory: string) => Promise<number>,
): Promise<void> {
  const freeBytes = await freeBytesOf(directory);
  if (freeBytes < neededBytes) throw new StoreError({ kind: "noSpace", directory, neededBytes, freeBytes });
}
