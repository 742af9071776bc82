/** The value that `share` of all do not exceed; undefined for none. */
export function percentile(values: readonly number[], share: number): number | undefined {
  const ordered = values.toSorted((a, b) => a - b);
  return ordered[Math.min(ordered.length - 1, Math.floor(share * ordered.length))];
}

export function median(values: readonly number[]): number {
  const middle = percentile(values, 0.5);
  if (middle === undefined) throw new Error("nothing was measured");
  return middle;
}

/** Milliseconds that the work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Median of `repeat` times, after one that does not count. */
export async function medianTime(repeat: number, work: () => Promise<unknown>): Promise<number> {
  await work();
  const times: number[] = [];
  for (let i = 0; i < repeat; i++) times.push(await timed(work));
  return median(times);
}

export const round = (value: number, digits = 1): number => Number(value.toFixed(digits));
