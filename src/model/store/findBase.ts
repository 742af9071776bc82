import type { Manifest } from "../manifest";
import { baseStamp } from "./baseStamp";
import { errorCode } from "./errorCode";
import { StoreError } from "./storeError";
import type { OnStoreProgress } from "./storeProgress";
import { verifyFile } from "./verifyFile";

export interface FoundBase {
  readonly path: string;
  /** of before it was verified */
  readonly stamp: string;
}

/**
 * A base that is on this machine already, verified: the one that the user names, or the first of `places` that is right. Of the places, one that does
 * not exist, can't be read or is another file is passed over, whoever put it there; one of another size costs no more than the look at its size.
 * @throws StoreError wrongSize, wrongHash, baseUnreadable for a named file; the signal's reason
 */
export async function findBase(
  base: Manifest["base"],
  named: string | undefined,
  places: Iterable<string> | AsyncIterable<string>,
  signal: AbortSignal,
  onProgress: OnStoreProgress,
): Promise<FoundBase | undefined> {
  const onBytes = (done: number) => onProgress({ stage: "checking", done: Math.min(done, base.bytes), total: base.bytes });
  const verified = async (file: string, origin: "fetched" | "named") => {
    const stamp = await baseStamp(file);
    await verifyFile(file, base, origin, signal, onBytes);
    return { path: file, stamp };
  };
  if (named !== undefined) {
    try {
      return await verified(named, "named");
    } catch (error) {
      const code = errorCode(error);
      throw code === undefined ? error : new StoreError({ kind: "baseUnreadable", file: named, code }, { cause: error });
    }
  }
  for await (const place of places) {
    signal.throwIfAborted();
    try {
      return await verified(place, "fetched");
    } catch (error) {
      if (!(error instanceof StoreError) && errorCode(error) === undefined) throw error;
    }
  }
  return undefined;
}
