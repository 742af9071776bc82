import { readdir, rm } from "node:fs/promises";
import * as path from "node:path";
import { errorCode } from "./errorCode";
import { seeLock } from "./lockFile";
import type { LockTiming } from "./lockTiming";
import { oldPrepared } from "./oldPrepared";
import { removePrepared } from "./removePrepared";
import { StoreError } from "./storeError";
import type { StoreLayout } from "./storeLayout";
import { withStoreLock } from "./storeLock";
import { forgetGuard, guardState } from "./takeLockAway";
import { removeTemporaryFolders, temporaryFolders } from "./temporaryFolder";

/**
 * Where the model is ready: removes prepared folders that nobody used for long (`oldPrepared`), and what killed processes (their lock too) and cut fetches of its base left.
 * Only where there is any, and only if the lock is free: what can't be done now is left for the next start. Milliseconds where there is nothing to do.
 * @throws defects only; the signal's reason
 */
export async function tidyStore(layout: StoreLayout, modelName: string, timing: LockTiming, signal: AbortSignal): Promise<void> {
  const { directory, lockFile, prepared } = layout;
  const forgotten = () => oldPrepared(prepared, modelName, Date.now());
  try {
    const left = [await forgotten(), await temporaryFolders(directory), await partsOf(layout)];
    const locks = [await seeLock(lockFile), await guardState(lockFile)];
    if (left.every((found) => found.length === 0) && locks.every((found) => found === undefined)) return;
    await withStoreLock(
      lockFile,
      { ...timing, mostWaitMs: 0 },
      signal,
      () => undefined,
      async () => {
        await forgetGuard(lockFile);
        await removeTemporaryFolders(directory);
        for (const part of await partsOf(layout)) await rm(part, { recursive: true, force: true });
        for (const folder of await forgotten()) await removePrepared(folder, directory);
      },
    );
  } catch (error) {
    const isLocked = error instanceof StoreError && error.failure.kind === "locked";
    if (!isLocked && errorCode(error) === undefined) throw error;
  }
}

/** The part and its ETag. */
async function partsOf({ basePart }: StoreLayout): Promise<string[]> {
  const folder = path.dirname(basePart);
  try {
    const names = await readdir(folder);
    return names.filter((name) => name.startsWith(path.basename(basePart))).map((name) => path.join(folder, name));
  } catch (error) {
    // A base that was found elsewhere needs no folder here.
    if (errorCode(error) === "ENOENT") return [];
    throw error;
  }
}
