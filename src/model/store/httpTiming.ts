/** How patient the fetching is. */
export interface HttpTiming {
  /** without a byte for so long, an attempt is given up */
  readonly stallMs: number;
  /** for the question whether a source answers at all */
  readonly reachMs: number;
  /** attempts in a row that bring no byte */
  readonly attempts: number;
  /** before the second attempt; doubles with each further one */
  readonly backoffMs: number;
  /** most that a Retry-After or a doubled wait may be */
  readonly mostBackoffMs: number;
}

export const HTTP_TIMING: HttpTiming = { stallMs: 30_000, reachMs: 6_000, attempts: 5, backoffMs: 1_000, mostBackoffMs: 30_000 };
