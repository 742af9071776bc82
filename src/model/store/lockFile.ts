import { lstat, open, readFile, rm } from "node:fs/promises";
import { errorCode } from "./errorCode";
import { pidSpace } from "./pidSpace";

/** Who holds a lock, as its file says. */
export interface Holder {
  readonly pid: number;
  /** of `pidSpace` */
  readonly host: string;
  /** of this one holding; tells a holder whether the lock is still its own */
  readonly token?: string | undefined;
}

export interface SeenLock {
  /** undefined: being written, or what a crash left, or no lock file at all */
  readonly holder: Holder | undefined;
  /** another with every heartbeat, and with every new lock */
  readonly state: string;
  /** by the system's clock, which may have been set meanwhile: any number */
  readonly ageMs: number;
}

/** @returns false where it is there already. @throws the system's error, and then leaves no file */
export async function createLock(lockFile: string, token: string): Promise<boolean> {
  let handle;
  try {
    handle = await open(lockFile, "wx");
  } catch (error) {
    // Windows says EPERM for a name whose file is just being deleted.
    if (errorCode(error) === "EEXIST" || (process.platform === "win32" && errorCode(error) === "EPERM")) return false;
    throw error;
  }
  try {
    await handle.writeFile(JSON.stringify({ pid: process.pid, host: pidSpace(), token } satisfies Holder));
    await handle.sync();
    await handle.close();
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(lockFile, { force: true });
    throw error;
  }
  return true;
}

/** @returns undefined where there is none. Whatever stands in its place is seen as it is: a folder, a link to nowhere. */
export async function seeLock(lockFile: string): Promise<SeenLock | undefined> {
  try {
    const { ino, size, mtimeMs } = await lstat(lockFile);
    const holder = await readHolder(lockFile);
    return { holder, state: [ino, size, mtimeMs, holder?.token].join(), ageMs: Date.now() - mtimeMs };
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

export async function readHolder(lockFile: string): Promise<Holder | undefined> {
  try {
    const json = JSON.parse(await readFile(lockFile, "utf8")) as Partial<Holder> | null;
    return typeof json?.pid === "number" && typeof json.host === "string"
      ? { pid: json.pid, host: json.host, token: json.token }
      : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || ["ENOENT", "EISDIR", "ELOOP"].includes(errorCode(error) ?? "")) return undefined;
    throw error;
  }
}
