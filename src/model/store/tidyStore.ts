import { rename, rm } from "node:fs/promises";
import { errorCode } from "./errorCode";
import type { LockTiming } from "./lockTiming";
import { oldPrepared } from "./oldPrepared";
import { StoreError } from "./storeError";
import type { StoreLayout } from "./storeLayout";
import { withStoreLock } from "./storeLock";
import { removeTemporaryFolders, temporaryFolders, temporaryName } from "./temporaryFolder";

/**
 * Removes prepared folders that nobody used for long (`oldPrepared`) and what killed processes left. Only where there is any, and only if the lock is
 * free: what can't be done now is left for the next start. Milliseconds where there is nothing to do.
 * @throws defects only; the signal's reason
 */
export async function tidyStore(layout: StoreLayout, modelName: string, timing: LockTiming, signal: AbortSignal): Promise<void> {
  const { directory, lockFile, prepared } = layout;
  const forgotten = () => oldPrepared(prepared, modelName, Date.now());
  try {
    if ((await forgotten()).length + (await temporaryFolders(directory)).length === 0) return;
    await withStoreLock(
      lockFile,
      { ...timing, mostWaitMs: 0 },
      signal,
      () => undefined,
      async () => {
        await removeTemporaryFolders(directory);
        for (const folder of await forgotten()) {
          // Renamed first: half a folder never has a final name, and Windows refuses here where an engine reads it.
          const temporary = temporaryName(directory);
          await rename(folder, temporary);
          await rm(temporary, { recursive: true, force: true, maxRetries: 3 });
        }
      },
    );
  } catch (error) {
    const isLocked = error instanceof StoreError && error.failure.kind === "locked";
    if (!isLocked && errorCode(error) === undefined) throw error;
  }
}
