import { stat } from "node:fs/promises";
import * as path from "node:path";
import { errorCode } from "../model/store/errorCode";
import { LOCK_TIMING } from "../model/store/lockTiming";
import { removePrepared } from "../model/store/removePrepared";
import { StoreError } from "../model/store/storeError";
import { withStoreLock } from "../model/store/storeLock";

/** Who holds the lock for longer fetches or makes a model: then nothing is to be deleted here. */
const MOST_WAIT_MS = 2_000;

/**
 * Deletes a damaged prepared folder, under the store's lock: one that another window makes anew meanwhile is whole and stays. An
 * engine that has loaded it reads on, and one that is just loading it says that it is missing.
 * @param directory as `storeLayout` names it: <store>/prepared/<id>
 * @throws the system's errors
 */
export async function discardPrepared(directory: string): Promise<void> {
  const store = path.resolve(directory, "../..");
  const damaged = await whichFolder(directory);
  const { signal } = new AbortController();
  try {
    await withStoreLock(
      path.join(store, "lock"),
      { ...LOCK_TIMING, mostWaitMs: MOST_WAIT_MS },
      signal,
      () => undefined,
      async () => {
        if (damaged === undefined || (await whichFolder(directory)) !== damaged) return;
        await removePrepared(directory, store);
      },
    );
  } catch (error) {
    // The look for the model that follows waits for its holder.
    if (!(error instanceof StoreError) || error.failure.kind !== "locked") throw error;
  }
}

/** Another with every folder of this name; undefined where there is none. */
async function whichFolder(directory: string): Promise<string | undefined> {
  try {
    const { ino, birthtimeMs } = await stat(directory);
    return `${ino},${birthtimeMs}`;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}
