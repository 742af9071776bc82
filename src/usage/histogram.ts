/**
 * Durations by buckets that grow by a fixed factor, so that percentiles are known to a tenth and two histograms add up. Bucket → how many; a bucket that
 * is not named is empty. Bucket 0 holds what is under 1 ms, bucket n what is in [2^((n - 1) / 4), 2^(n / 4)) ms; the last one all that is longer.
 */
export type Histogram = Readonly<Record<string, number>>;

/** Four buckets an octave, up to 2^20 ms, some 17 minutes. */
const BUCKETS_PER_OCTAVE = 4;
export const LAST_BUCKET = 20 * BUCKETS_PER_OCTAVE + 1;

/** @param ms any number; what is none, or below 0, counts as 0 */
export function bucketOf(ms: number): number {
  if (!(ms >= 1)) return 0;
  return Math.min(LAST_BUCKET, 1 + Math.floor(Math.log2(ms) * BUCKETS_PER_OCTAVE));
}

/** A histogram with one duration more. */
export function withDuration(histogram: Histogram, ms: number): Histogram {
  const bucket = bucketOf(ms);
  return { ...histogram, [bucket]: (histogram[bucket] ?? 0) + 1 };
}

export function addHistograms(a: Histogram, b: Histogram): Histogram {
  const sum: Record<string, number> = { ...a };
  for (const [bucket, count] of Object.entries(b)) sum[bucket] = (sum[bucket] ?? 0) + count;
  return sum;
}

/**
 * The duration that a share of all does not exceed: the geometric middle of the bucket in which it lies, so within 10 % of the true one up to the last bucket.
 * @param share in [0, 1], e.g. 0.5 for the median
 * @returns milliseconds; undefined where there are none
 */
export function percentileMs(histogram: Histogram, share: number): number | undefined {
  const counts = Object.entries(histogram)
    .map(([bucket, count]) => [Number(bucket), count] as const)
    .sort(([a], [b]) => a - b);
  const rank = Math.max(1, Math.ceil(share * counts.reduce((sum, [, count]) => sum + count, 0)));
  let seen = 0;
  for (const [bucket, count] of counts) {
    seen += count;
    if (seen >= rank) return bucket === 0 ? 0.5 : 2 ** ((bucket - 0.5) / BUCKETS_PER_OCTAVE);
  }
  return undefined;
}
