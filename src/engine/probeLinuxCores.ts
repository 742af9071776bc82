import type { Cores } from "./probeCores";
import { probeLinuxQuota } from "./probeLinuxQuota";

const CPU = "/sys/devices/system/cpu";
/**
 * A core this much slower than the fastest is a slow one. Fast ones of one chip differ by their favourites' turbo, some 5 %; AMD's dense cores have about
 * 0.7 of the frequency, LITTLE cores 0.3 to 0.6 of the capacity.
 */
const SLOW_BELOW = 0.78;

/** @returns what the file holds; undefined where there is none */
export type ReadText = (file: string) => string | undefined;

/**
 * The cores that this process's affinity allows, by the kernel's files (Documentation/admin-guide/cputopology.rst).
 * @returns undefined where these do not tell which processors share a core
 */
export function probeLinuxCores(read: ReadText): Cores | undefined {
  const allowed = /^Cpus_allowed_list:\s*(\S+)/m.exec(read("/proc/self/status") ?? "")?.[1];
  const processors = parseList(allowed);
  if (processors.length === 0) return undefined;
  const slowProcessors = findSlow(processors, read);
  const slowOfCore = new Map<string, boolean>();
  for (const processor of processors) {
    const siblings = read(`${CPU}/cpu${processor}/topology/thread_siblings_list`)?.trim();
    if (!siblings) return undefined;
    slowOfCore.set(siblings, slowProcessors.has(processor));
  }
  const slow = [...slowOfCore.values()].filter(Boolean).length;
  return { fast: slowOfCore.size - slow, slow, quota: probeLinuxQuota(read), processors: processors.length };
}

/** Intel's hybrids name their E cores; ARM's tell capacities; of the others the highest frequencies are compared. */
function findSlow(processors: readonly number[], read: ReadText): ReadonlySet<number> {
  const named = new Set(parseList(read("/sys/devices/cpu_atom/cpus")?.trim()));
  if (named.size > 0) return processors.some((processor) => !named.has(processor)) ? named : new Set();
  for (const file of ["cpu_capacity", "cpufreq/cpuinfo_max_freq"]) {
    const speeds = processors.map((processor) => Number(read(`${CPU}/cpu${processor}/${file}`) ?? Number.NaN));
    const fastest = Math.max(...speeds);
    // NaN where one does not say: no comparison then.
    if (fastest > 0) return new Set(processors.filter((_, index) => speeds[index]! < SLOW_BELOW * fastest));
  }
  return new Set();
}

/** "0-3,8" → 0, 1, 2, 3, 8; nothing where it is no such list */
function parseList(list: string | undefined): number[] {
  if (list === undefined || !/^\d+(-\d+)?(,\d+(-\d+)?)*$/.test(list)) return [];
  return list.split(",").flatMap((range) => {
    const [first, last = first] = range.split("-").map(Number) as [number, number?];
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  });
}
