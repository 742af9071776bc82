import { StoreError } from "./storeError";

/** Passes where nobody knows. @throws StoreError noSpace, before anything is written */
export async function checkSpace(
  directory: string,
  neededBytes: number,
  freeBytesOf: (directory: string) => Promise<number | undefined>,
): Promise<void> {
  const freeBytes = await freeBytesOf(directory);
  if (freeBytes !== undefined && freeBytes < neededBytes) throw new StoreError({ kind: "noSpace", directory, neededBytes, freeBytes });
}
