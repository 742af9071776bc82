import { commonSlope, type Point } from "./slope";

/** What a look at the processes' memory found. */
export interface MemorySample {
  /** since the typing began */
  readonly atMs: number;
  /** of this process, after a garbage collection */
  readonly heapBytes: number;
  readonly rssBytes: number;
  /** process id of the engine, if it had answered by then */
  readonly engine?: number;
  readonly engineAgeMs?: number;
  readonly engineRssBytes?: number;
}

export interface MemoryTrend {
  readonly heapMbPerHour: number | undefined;
  readonly rssMbPerHour: number | undefined;
  /** within the engines' lives that were long enough */
  readonly engineMbPerHour: number | undefined;
  /** samples that the engines' slope is from */
  readonly engineSamples: number;
}

/** An engine that has just loaded still takes what it needs for good: arenas for each size of a pass, and the KV cache. */
export const SETTLED_MS = 20_000;
/** A life with fewer says nothing: its memory goes up and down by tens of megabytes within seconds. */
const LEAST_SAMPLES = 3;

/** Slopes over the second half of the time: what is taken once, at the start, is none. */
export function memoryTrend(samples: readonly MemorySample[]): MemoryTrend {
  const fromMs = (samples.at(-1)?.atMs ?? 0) / 2;
  const late = samples.filter(({ atMs }) => atMs >= fromMs);
  const lives = new Map<number, Point[]>();
  for (const { atMs, engine, engineAgeMs = 0, engineRssBytes } of late) {
    if (engine === undefined || engineRssBytes === undefined || engineAgeMs < SETTLED_MS) continue;
    const life = lives.get(engine) ?? [];
    lives.set(engine, [...life, point(atMs, engineRssBytes)]);
  }
  const long = [...lives.values()].filter(({ length }) => length >= LEAST_SAMPLES);
  return {
    heapMbPerHour: commonSlope([late.map(({ atMs, heapBytes }) => point(atMs, heapBytes))]),
    rssMbPerHour: commonSlope([late.map(({ atMs, rssBytes }) => point(atMs, rssBytes))]),
    engineMbPerHour: commonSlope(long),
    engineSamples: long.flat().length,
  };
}

const point = (atMs: number, bytes: number): Point => ({ x: atMs / 3.6e6, y: bytes / 1e6 });
