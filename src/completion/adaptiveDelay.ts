const LEAST_MS = 20;
const MOST_MS = 150;

/**
 * Milliseconds to wait after a keystroke before the engine is asked: so short that a pause is answered at once, so long that a burst of
 * keys does not start a request each. A quick engine needs no wait: it answers between two keys.
 * @param typingIntervalMs usual time between two keys of this user, in a burst
 * @param expectedLatencyMs usual time to an answer
 */
export function adaptiveDelayMs(typingIntervalMs: number, expectedLatencyMs: number): number {
  if (expectedLatencyMs < typingIntervalMs / 2) return LEAST_MS;
  return Math.min(MOST_MS, Math.max(LEAST_MS, typingIntervalMs * 0.6));
}
