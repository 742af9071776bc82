import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);
/** What ps says where there is no such process, and the system where there is no ps. */
const NO_ANSWER: readonly unknown[] = [1, "ENOENT"];

/** Resident memory of a process, mapped weights counted. Asked of the system, since an engine that hangs can't say. @returns undefined where nothing is known */
export async function residentBytes(pid: number): Promise<number | undefined> {
  try {
    const { stdout } = await run("ps", ["-o", "rss=", "-p", String(pid)]);
    return Number(stdout) * 1024;
  } catch (error) {
    if (NO_ANSWER.includes((error as { readonly code?: unknown }).code)) return undefined;
    throw error;
  }
}
