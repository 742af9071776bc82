/** How quick a model was on this machine. */
export interface ModelSpeed {
  /** tokens written a second of denoising, of the last suggestions more than of older ones */
  readonly tokensPerSecond: number;
  /** suggestions measured */
  readonly count: number;
}

/** A short answer is all head and end: it says little of the speed. */
const LEAST_TOKENS = 4;
/** Weight of one suggestion more. */
const STEP = 0.05;
/** Before so many nothing is said. */
export const LEAST_COUNT = 5;

/** One answer more. @returns the speed as it was where the answer says nothing of it */
export function addToSpeed(speed: ModelSpeed | undefined, writtenTokens: number, denoiseMs: number): ModelSpeed | undefined {
  if (writtenTokens < LEAST_TOKENS || !(denoiseMs > 0)) return speed;
  const now = (1_000 * writtenTokens) / denoiseMs;
  if (speed === undefined) return { tokensPerSecond: now, count: 1 };
  const count = speed.count + 1;
  // The first ones weigh alike, so that the very first does not stay.
  const step = Math.max(STEP, 1 / count);
  return { tokensPerSecond: speed.tokensPerSecond + step * (now - speed.tokensPerSecond), count };
}

/** What was kept under a model's name; undefined where it is nothing of ours. */
export function readSpeed(value: unknown): ModelSpeed | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { tokensPerSecond, count } = value as Record<string, unknown>;
  const isSpeed = Number.isFinite(tokensPerSecond) && (tokensPerSecond as number) > 0 && Number.isInteger(count) && (count as number) > 0;
  return isSpeed ? { tokensPerSecond: tokensPerSecond as number, count: count as number } : undefined;
}
