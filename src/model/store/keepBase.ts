import { mkdir, rename, rm } from "node:fs/promises";
import * as path from "node:path";
import { StoreError } from "./storeError";
import type { OnStoreProgress } from "./storeProgress";
import { syncDirectory } from "./syncDirectory";
import { verifyFile, type Expected } from "./verifyFile";

/**
 * Verifies a fetched file, synced already, and gives it its final name; a wrong one is deleted.
 * @throws StoreError wrongSize, wrongHash; the signal's reason
 */
export async function keepBase(
  fetched: string,
  final: string,
  expected: Expected,
  signal: AbortSignal,
  onProgress: OnStoreProgress,
): Promise<void> {
  try {
    await verifyFile(fetched, expected, "fetched", signal, (done) => onProgress({ stage: "verifying", done, total: expected.bytes }));
  } catch (error) {
    if (error instanceof StoreError) await rm(fetched, { force: true });
    throw error;
  }
  await mkdir(path.dirname(final), { recursive: true });
  await rename(fetched, final);
  await syncDirectory(path.dirname(final));
}
