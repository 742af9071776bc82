import type { ReadText } from "./probeLinuxCores";

/**
 * How many processors' worth of time the control groups of this process allow: the least of all from its own up to the root, in either version
 * (Documentation/admin-guide/cgroup-v2.rst, `cpu.max`; v1: `cpu.cfs_quota_us`). In a container the path may be the host's, and only the root is there.
 * @returns Infinity where there is no limit
 */
export function probeLinuxQuota(read: ReadText): number {
  let least = Infinity;
  for (const line of (read("/proc/self/cgroup") ?? "").split("\n")) {
    const [, controllers, path] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
    if (controllers === undefined || path === undefined) continue;
    const names = controllers.split(",");
    for (const folder of upwards(path)) {
      if (controllers === "") least = Math.min(least, quotaOf(read(`/sys/fs/cgroup${folder}/cpu.max`)));
      else if (names.includes("cpu"))
        for (const mount of new Set([controllers, "cpu"])) {
          const file = (name: string): string | undefined => read(`/sys/fs/cgroup/${mount}${folder}/cpu.cfs_${name}_us`)?.trim();
          least = Math.min(least, quotaOf(`${file("quota")} ${file("period")}`));
        }
    }
  }
  return least;
}

/** "/a/b" → "/a/b", "/a", "" */
function upwards(path: string): string[] {
  const parts = path.split("/").filter((part) => part !== "");
  return Array.from({ length: parts.length + 1 }, (_, up) =>
    parts
      .slice(0, parts.length - up)
      .map((part) => `/${part}`)
      .join(""),
  );
}

/** "150000 100000" → 1.5; "max 100000" and "-1 100000" are no limits */
function quotaOf(text: string | undefined): number {
  const [microseconds, period] = (text ?? "").trim().split(" ").map(Number);
  return microseconds! > 0 && period! > 0 ? microseconds! / period! : Infinity;
}
