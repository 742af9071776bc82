import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { probeAppleCores } from "./probeAppleCores";
import { probeLinuxCores } from "./probeLinuxCores";

/** The physical cores that this process may use. */
export interface Cores {
  /** all of them where they are alike */
  readonly fast: number;
  /** made to save power: Intel's E, Apple's efficiency, ARM's LITTLE cores */
  readonly slow: number;
  /** processors' worth of time that the container may use; Infinity where there is no limit */
  readonly quota: number;
  /** logical processors on those cores */
  readonly processors: number;
}

const SYSCTL_LIMIT_MS = 1_000;

/**
 * What the system says of its cores: Linux in files, macOS by `sysctl` (some milliseconds). Windows tells it to native code only.
 * @param processors logical processors, as Node counts them
 * @returns undefined where the system does not say, or speaks of other processors than Node does: in some sandboxes it describes the machine below
 */
export function probeCores(processors: number): Cores | undefined {
  const cores = probe();
  // Newer versions of Node count a container's quota in.
  const agrees =
    cores?.processors === processors || (cores !== undefined && cores.quota < cores.processors && processors < cores.processors);
  return agrees ? cores : undefined;
}

function probe(): Cores | undefined {
  if (process.platform === "linux") return probeLinuxCores(readText);
  // It says on stdout what it knows, and fails where a name is unknown: Intel Macs have one level.
  if (process.platform === "darwin")
    return probeAppleCores((names) => spawnSync("/usr/sbin/sysctl", names, { encoding: "utf8", timeout: SYSCTL_LIMIT_MS }).stdout ?? "");
  return undefined;
}

/** Kernels and sandboxes lack any of these files; what is not there is not known. */
function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
