import type { Verdict } from "../model/runtime/provider/verdict";
import type { ProbeReport } from "./probeMessages";

/** The fastest of the providers that were not refused; the CPU where there is none. @param reports one for each that was probed */
export function probeVerdict(key: string, reports: Readonly<Record<string, ProbeReport>>): Verdict {
  let provider = "cpu";
  let leastMs = Infinity;
  const found: Record<string, string> = {};
  for (const [name, { refusal, rows8Ms }] of Object.entries(reports)) {
    found[name] = refusal ?? `8 rows take ${rows8Ms?.provider.toFixed(1)} ms, on the CPU ${rows8Ms?.cpu.toFixed(1)}`;
    if (refusal !== undefined || rows8Ms === undefined || rows8Ms.provider >= leastMs) continue;
    [provider, leastMs] = [name, rows8Ms.provider];
  }
  return { key, provider, found };
}
