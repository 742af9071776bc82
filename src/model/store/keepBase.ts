import { mkdir, rename, rm } from "node:fs/promises";
import * as path from "node:path";
import { StoreError } from "./storeError";
import type { AssertHeld } from "./storeLock";
import type { OnStoreProgress } from "./storeProgress";
import { syncDirectory } from "./syncDirectory";
import { syncFile } from "./syncFile";
import { verifyFile, type Expected } from "./verifyFile";

/**
 * Verifies a fetched file and gives it its final name; a wrong one is deleted, and so is what stood there, which was not the base.
 * @throws StoreError wrongSize, wrongHash; the signal's reason; what `assertHeld` throws
 */
export async function keepBase(
  fetched: string,
  final: string,
  expected: Expected,
  signal: AbortSignal,
  onProgress: OnStoreProgress,
  assertHeld: AssertHeld,
): Promise<void> {
  // A process that was killed right after it had written all left that to us.
  await syncFile(fetched);
  try {
    await verifyFile(fetched, expected, "fetched", signal, (done) => onProgress({ stage: "verifying", done, total: expected.bytes }));
  } catch (error) {
    if (error instanceof StoreError) await rm(fetched, { force: true });
    throw error;
  }
  await mkdir(path.dirname(final), { recursive: true });
  await assertHeld();
  await rm(final, { recursive: true, force: true });
  await rename(fetched, final);
  await syncDirectory(path.dirname(final));
}
