import { mkdir, open, readFile, rm, rmdir, stat, utimes } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { errorCode } from "./errorCode";
import { StoreError } from "./storeError";

export interface LockTiming {
  /** between two looks at a lock that another process holds */
  readonly pollMs: number;
  /** the holder touches its lock so often */
  readonly heartbeatMs: number;
  /** a lock that was not touched for so long is abandoned, whatever its process id says: ids are given out again, and other hosts' can't be asked */
  readonly abandonedMs: number;
  /** a lock without readable content is one being written, or what a crash left of it */
  readonly unreadableMs: number;
  /** then waiting ends as `locked` */
  readonly mostWaitMs: number;
}

export const LOCK_TIMING: LockTiming = {
  pollMs: 250,
  heartbeatMs: 5_000,
  abandonedMs: 10 * 60_000,
  unreadableMs: 10_000,
  mostWaitMs: 30 * 60_000,
};

interface Holder {
  readonly pid: number;
  readonly host: string;
}

/**
 * Runs `body` while holding a lock file that works between processes: a second one waits. A lock whose process is gone is taken over.
 * @param onWait called at each look that found the lock held
 * @throws StoreError locked after `mostWaitMs`; the signal's reason; what `body` throws
 */
export async function withStoreLock<T>(
  lockFile: string,
  timing: LockTiming,
  signal: AbortSignal,
  onWait: () => void,
  body: () => Promise<T>,
): Promise<T> {
  const startedMs = performance.now();
  while (!(await tryCreate(lockFile))) {
    signal.throwIfAborted();
    if (await isAbandoned(lockFile, timing)) {
      await takeAway(lockFile, timing);
      continue;
    }
    const waitedMs = performance.now() - startedMs;
    if (waitedMs >= timing.mostWaitMs) throw new StoreError({ kind: "locked", lockFile, pid: (await readHolder(lockFile))?.pid, waitedMs });
    onWait();
    await sleep(timing.pollMs, undefined, { signal });
  }
  const heartbeat = setInterval(() => void touch(lockFile), timing.heartbeatMs);
  heartbeat.unref();
  try {
    return await body();
  } finally {
    clearInterval(heartbeat);
    await rm(lockFile, { force: true });
  }
}

async function tryCreate(lockFile: string): Promise<boolean> {
  let handle;
  try {
    handle = await open(lockFile, "wx");
  } catch (error) {
    // Windows says EPERM for a name whose file is just being deleted.
    if (errorCode(error) === "EEXIST" || (process.platform === "win32" && errorCode(error) === "EPERM")) return false;
    throw error;
  }
  try {
    await handle.writeFile(JSON.stringify({ pid: process.pid, host: hostname() } satisfies Holder));
  } finally {
    await handle.close();
  }
  return true;
}

async function isAbandoned(lockFile: string, timing: LockTiming): Promise<boolean> {
  let ageMs: number;
  try {
    ageMs = Date.now() - (await stat(lockFile)).mtimeMs;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return false;
    throw error;
  }
  if (ageMs > timing.abandonedMs) return true;
  const holder = await readHolder(lockFile);
  if (holder === undefined) return ageMs > timing.unreadableMs;
  return holder.host === hostname() && !isAlive(holder.pid);
}

/** Two that wait may find it abandoned at once; only the one that makes this folder looks again and takes it away, so no fresh lock is hit. */
async function takeAway(lockFile: string, timing: LockTiming): Promise<void> {
  const guard = `${lockFile}.takeover`;
  try {
    await mkdir(guard);
  } catch (error) {
    if (errorCode(error) !== "EEXIST") throw error;
    await sleep(timing.pollMs);
    await forgetOldGuard(guard, timing);
    return;
  }
  try {
    if (await isAbandoned(lockFile, timing)) await rm(lockFile, { force: true });
  } finally {
    await rmdir(guard);
  }
}

/** A guard lives for a few file operations: an old one is what a killed process left. */
async function forgetOldGuard(guard: string, timing: LockTiming): Promise<void> {
  try {
    if (Date.now() - (await stat(guard)).mtimeMs > timing.unreadableMs) await rmdir(guard);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
  }
}

async function readHolder(lockFile: string): Promise<Holder | undefined> {
  try {
    const json = JSON.parse(await readFile(lockFile, "utf8")) as Partial<Holder> | null;
    return typeof json?.pid === "number" && typeof json.host === "string" ? { pid: json.pid, host: json.host } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return errorCode(error) !== "ESRCH";
  }
}

/** A missed beat is made good by the next; a lock that was deleted by hand has none. */
async function touch(lockFile: string): Promise<void> {
  const now = new Date();
  await utimes(lockFile, now, now).catch((error: unknown) => {
    if (errorCode(error) === undefined) throw error;
  });
}
