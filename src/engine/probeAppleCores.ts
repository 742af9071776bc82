import type { Cores } from "./probeCores";

/**
 * The cores of a Mac; level 0 is the fastest.
 * @param sysctl prints `name: value` for each name that it knows
 * @returns undefined where it does not say
 */
export function probeAppleCores(sysctl: (names: readonly string[]) => string): Cores | undefined {
  const names = { fast: "hw.perflevel0.physicalcpu", all: "hw.physicalcpu", processors: "hw.logicalcpu" };
  const said = new Map(
    sysctl(Object.values(names))
      .split("\n")
      .map((line) => line.split(": ") as [string, string | undefined]),
  );
  const count = (name: string): number | undefined => {
    const value = Number(said.get(name));
    return Number.isInteger(value) && value > 0 ? value : undefined;
  };
  const [all, processors] = [count(names.all), count(names.processors)];
  if (all === undefined || processors === undefined) return undefined;
  const fast = Math.min(all, count(names.fast) ?? all);
  return { fast, slow: all - fast, quota: Infinity, processors };
}
