import { percentile } from "../bench/statistics";
import { countBy } from "./countBy";
import { memoryTrend, SETTLED_MS } from "./memoryTrend";
import type { Fault } from "./faultLog";
import type { SoakResult } from "./soak";

/** What must not be; empty where all is well. One sentence each. */
export function soakFaults({ unsettled, orphans, defects, faults, failures }: SoakResult): string[] {
  const unhealed = faults.filter(({ suggestedAfterMs }) => suggestedAfterMs === undefined);
  const ownDeaths = faults.length === 0 ? Object.keys(failures) : Object.keys(failures).filter((kind) => !EXPECTED.includes(kind));
  return [
    ...(unsettled > 0 ? [`${unsettled} promises never settled`] : []),
    ...(orphans.length > 0 ? [`engines are left: ${orphans.join(", ")}`] : []),
    ...defects.map((defect) => `not an engine's failure: ${defect}`),
    ...ownDeaths.map((kind) => `the engine failed of its own accord: ${kind}`),
    ...unhealed.map(({ signal, atMs }) => `no suggestion after the ${signal} at ${seconds(atMs)}`),
  ];
}

/** What a fault from outside may look like. */
const EXPECTED: readonly string[] = ["engineDied", "engineWontStart"];

/** The report of a soak, for people. */
export function describeSoak(result: SoakResult): string {
  const { keystrokes, requests, suggestions, suggestionsFromCache, faults, samples, durationMs } = result;
  const trend = memoryTrend(samples);
  const spread = (values: readonly (number | undefined)[]): string => {
    const known = values.filter((value) => value !== undefined);
    return known.length === 0 ? "never" : `p50 ${seconds(percentile(known, 0.5)!)}, max ${seconds(Math.max(...known))}, n ${known.length}`;
  };
  const kinds = countBy(faults.map(({ signal, engine }) => `${signal} of ${engine === "ready" ? "a ready one" : "one that loads"}`));
  const last = samples.at(-1);
  return [
    `${seconds(durationMs)}, ${keystrokes} keystrokes, ${requests} requests, ${suggestions} suggestions (${suggestionsFromCache} from the cache)`,
    `no suggestion: ${list(result.nothing)}`,
    `${faults.length} faults: ${list(kinds)}; ${result.engines} engines were started`,
    `from the first request after a fault to the next answer: ${spread(faults.map(healingMs))}`,
    `from a fault to the next answer: ${spread(faults.map(({ answeredAfterMs }) => answeredAfterMs))}`,
    `from a fault to the next suggestion: ${spread(faults.map(({ suggestedAfterMs }) => suggestedAfterMs))}`,
    `promises unsettled: ${result.unsettled}`,
    `errors: ${list(result.failures)}; others: ${result.defects.length}`,
    `orphan processes: ${result.orphans.length}`,
    `memory at the end, MB: engine ${megabytes(last?.engineRssBytes)}, this process ${megabytes(last?.rssBytes)}, its heap ${megabytes(last?.heapBytes)}`,
    `slope over the second half, MB an hour: engine ${perHour(trend.engineMbPerHour)} (from ${trend.engineSamples} samples of engines older than ${seconds(SETTLED_MS)}), ` +
      `this process ${perHour(trend.rssMbPerHour)}, its heap ${perHour(trend.heapMbPerHour)}`,
  ].join("\n");
}

/** What the user waits for: nobody misses an engine that nobody asks. */
const healingMs = ({ askedAfterMs, answeredAfterMs }: Fault): number | undefined =>
  askedAfterMs === undefined || answeredAfterMs === undefined ? undefined : answeredAfterMs - askedAfterMs;
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
const megabytes = (bytes: number | undefined): string => (bytes === undefined ? "not known" : (bytes / 1e6).toFixed(0));
const perHour = (slope: number | undefined): string => (slope === undefined ? "too few samples" : slope.toFixed(1));
const list = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(", ") || "none";
