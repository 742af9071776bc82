import { readlinkSync } from "node:fs";
import { hostname } from "node:os";

/**
 * Names the set of processes in which a process id of ours means something: this host, and on Linux the PID namespace, since a container or a sandbox
 * that shares the store counts its processes anew. Another's ids can't be asked whether they live.
 */
export function pidSpace(): string {
  return process.platform === "linux" ? `${hostname()} ${namespace()}` : hostname();
}

function namespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    // Without /proc there is but the host's name, as on other systems.
    return "";
  }
}
