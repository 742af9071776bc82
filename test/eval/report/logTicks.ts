const STEPS = [1, 1.5, 2, 3, 5, 7];
const LEAST = 3;

/**
 * Where a logarithmic axis from `low` to `high` is labelled: at round numbers, three of them or more (vega's own leave a narrow axis bare).
 * @param low above 0, at most `high`
 * @returns ascending, each in [low, high]; fewer only where the two are the same
 */
export function logTicks(low: number, high: number): number[] {
  const decades = Array.from({ length: 12 }, (_, i) => 10 ** (i - 4));
  const round = decades.flatMap((decade) => STEPS.map((step) => step * decade)).filter((tick) => tick >= low && tick <= high);
  if (round.length >= LEAST || low === high) return round;
  // Narrow: evenly spaced, by the largest round step that gives enough.
  const step = decades
    .flatMap((decade) => [1, 2, 5].map((one) => one * decade))
    .findLast((one) => Math.floor(high / one) - Math.ceil(low / one) + 1 >= LEAST);
  if (step === undefined) return [low, high];
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => (first + i) * step);
}
