export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const ROUNDS = 4_000;

/**
 * A statistic of some files and its 95 % percentile interval over files drawn with replacement (Efron's bootstrap): what other files would do to it.
 * @param statistic of the files at these indices, which may repeat; where it compares two runs of the same files the interval is paired
 * @param random in [0, 1)
 */
export function bootstrap(count: number, statistic: (files: readonly number[]) => number, random: () => number): Interval {
  const all = Array.from({ length: count }, (_, at) => at);
  const drawn = Array.from({ length: ROUNDS }, () => statistic(all.map(() => Math.floor(random() * count)))).sort((a, b) => a - b);
  const at = (share: number): number => drawn[Math.min(ROUNDS - 1, Math.floor(share * ROUNDS))]!;
  return { value: statistic(all), low: at(0.025), high: at(0.975) };
}
