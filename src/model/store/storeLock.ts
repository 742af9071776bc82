import { randomUUID } from "node:crypto";
import { rm, utimes } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { errorCode } from "./errorCode";
import { isAbandoned } from "./isAbandoned";
import { createLock, readHolder, seeLock } from "./lockFile";
import type { LockTiming } from "./lockTiming";
import { StillWatch } from "./stillWatch";
import { StoreError } from "./storeError";
import { forgetGuard, takeLockAway } from "./takeLockAway";

/** Rejects where the lock was taken over meanwhile, from a holder that stood still too long: to be asked before anything gets its final name. */
export type AssertHeld = () => Promise<void>;

/** Tokens of the locks that this process holds. */
const heldHere = new Set<string>();

/**
 * Runs `body` while holding a lock file that works between processes: a second one waits. A lock whose process is gone is taken over. Where that happens
 * to this one (the machine slept, or the process was stopped), `body` runs again once the lock is its own again.
 * @param onWait called at each look that found the lock held
 * @throws StoreError locked after `mostWaitMs`; the signal's reason; what `body` throws
 */
export async function withStoreLock<T>(
  lockFile: string,
  timing: LockTiming,
  signal: AbortSignal,
  onWait: () => void,
  body: (assertHeld: AssertHeld) => Promise<T>,
): Promise<T> {
  for (;;) {
    const token = await acquire(lockFile, timing, signal, onWait);
    const isHeld = async () => (await readHolder(lockFile))?.token === token;
    const heartbeat = setInterval(() => void touch(lockFile), timing.heartbeatMs);
    heartbeat.unref();
    try {
      return await body(async () => {
        if (!(await isHeld())) throw new Error("the lock was taken over");
      });
    } catch (error) {
      if (signal.aborted || (await isHeld())) throw error;
    } finally {
      clearInterval(heartbeat);
      try {
        if (await isHeld()) await rm(lockFile, { force: true });
      } finally {
        heldHere.delete(token);
      }
    }
  }
}

/** @returns the token of the lock that is now ours */
async function acquire(lockFile: string, timing: LockTiming, signal: AbortSignal, onWait: () => void): Promise<string> {
  const token = randomUUID();
  const startedMs = performance.now();
  const [lockWatch, guardWatch] = [new StillWatch(), new StillWatch()];
  let pausedMs = 0;
  heldHere.add(token);
  try {
    while (!(await createLock(lockFile, token))) {
      signal.throwIfAborted();
      const seen = await seeLock(lockFile);
      if (seen !== undefined && isAbandoned(seen, lockWatch.look(seen.state, pausedMs), heldHere, timing)) {
        const guard = await takeLockAway(lockFile, seen);
        if (guard === undefined) continue;
        if (guardWatch.look(guard, pausedMs) >= timing.unreadableMs) await forgetGuard(lockFile);
      }
      const waitedMs = performance.now() - startedMs;
      if (waitedMs >= timing.mostWaitMs) throw new StoreError({ kind: "locked", lockFile, pid: seen?.holder?.pid, waitedMs });
      onWait();
      await sleep((pausedMs = timing.pollMs), undefined, { signal });
    }
  } catch (error) {
    heldHere.delete(token);
    throw error;
  }
  return token;
}

/** A missed beat is made good by the next; a lock that was deleted by hand has none. */
async function touch(lockFile: string): Promise<void> {
  const now = new Date();
  await utimes(lockFile, now, now).catch((error: unknown) => {
    if (errorCode(error) === undefined) throw error;
  });
}
