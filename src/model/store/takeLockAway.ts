import { lstat, mkdir, rm } from "node:fs/promises";
import { errorCode } from "./errorCode";
import { seeLock, type SeenLock } from "./lockFile";

/**
 * Takes away a lock that was found abandoned. Of several that find it at once only the one that makes the folder `<lock>.takeover` does so, and only if
 * the lock is still the very one that it found: no fresh lock is hit.
 * @returns undefined where it is gone now; else what the guard looks like, which is another's or what a killed process left of it
 */
export async function takeLockAway(lockFile: string, found: SeenLock): Promise<string | undefined> {
  const guard = guardOf(lockFile);
  try {
    await mkdir(guard);
  } catch (error) {
    if (errorCode(error) !== "EEXIST") throw error;
    return guardState(lockFile);
  }
  try {
    if ((await seeLock(lockFile))?.state === found.state) await rm(lockFile, { recursive: true, force: true });
  } finally {
    await forgetGuard(lockFile);
  }
  return undefined;
}

/** A guard lives for a few file operations: one that stood still for seconds is what a killed process left. */
export async function forgetGuard(lockFile: string): Promise<void> {
  await rm(guardOf(lockFile), { recursive: true, force: true });
}

/** Another with every guard; undefined where there is none. */
export async function guardState(lockFile: string): Promise<string | undefined> {
  try {
    const { ino, mtimeMs } = await lstat(guardOf(lockFile));
    return `${ino},${mtimeMs}`;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

const guardOf = (lockFile: string) => `${lockFile}.takeover`;
