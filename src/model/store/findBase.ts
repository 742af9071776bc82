import { stat } from "node:fs/promises";
import type { Manifest } from "../manifest";
import { errorCode } from "./errorCode";
import { StoreError } from "./storeError";
import type { OnStoreProgress } from "./storeProgress";
import { verifyFile } from "./verifyFile";

/**
 * A base that is on this machine already, verified: the one that the user names, or the first of `places` that is right. Of the places, one that does
 * not exist or is another file is passed over, whoever put it there.
 * @throws StoreError wrongSize, wrongHash for a named file; the system's error where that can't be read; the signal's reason
 */
export async function findBase(
  base: Manifest["base"],
  named: string | undefined,
  places: readonly string[],
  signal: AbortSignal,
  onProgress: OnStoreProgress,
): Promise<string | undefined> {
  const onBytes = (done: number) => onProgress({ stage: "checking", done, total: base.bytes });
  if (named !== undefined) {
    await verifyFile(named, base, "named", signal, onBytes);
    return named;
  }
  for (const place of places) {
    try {
      if (!(await stat(place)).isFile()) continue;
      await verifyFile(place, base, "fetched", signal, onBytes);
      return place;
    } catch (error) {
      if (!(error instanceof StoreError) && errorCode(error) === undefined) throw error;
    }
  }
  return undefined;
}
