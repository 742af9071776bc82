import fs from "node:fs";

/**
 * Process ids in a process group whose command line matches; what has ended and is not reaped yet does not count.
 * @param group id of the process that leads it
 * @param commandLine its arguments with spaces between them
 */
export function processesOf(group: number, commandLine: RegExp): number[] {
  return fs
    .readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((id) => groupOf(read(`/proc/${id}/stat`)) === group)
    .filter((id) => commandLine.test(read(`/proc/${id}/cmdline`).replaceAll("\0", " ").trimEnd()))
    .map(Number);
}

/** Field 5 of proc(5)'s stat; the name before it may hold spaces and brackets. */
function groupOf(stat: string): number {
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[2]);
}

/** "" where the process is gone meanwhile. */
function read(file: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) return "";
    throw error;
  }
}
