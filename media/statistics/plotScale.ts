/** The least of 10, 20, 50, 100, 200, … that holds the largest value: an axis ends at a number that one can read. */
export function axisEnd(values: readonly number[]): number {
  const largest = Math.max(0, ...values);
  for (let power = 10; ; power *= 10) for (const factor of [1, 2, 5]) if (factor * power >= largest) return factor * power;
}
