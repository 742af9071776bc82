const LEAST_MS = 10;
const MOST_MS = 150;

/**
 * Milliseconds to wait after a keystroke before the engine is asked: so short that a pause is answered at once, so long that a burst of
 * keys does not start a request each. An engine whose first token comes between two keys needs no wait: an abort costs it one pass, and what it has
 * read of the file stays.
 * @param typingIntervalMs usual time between two keys of this user, in a burst
 * @param firstTokenMs usual time until the engine has written something
 */
export function adaptiveDelayMs(typingIntervalMs: number, firstTokenMs: number): number {
  if (firstTokenMs < typingIntervalMs / 2) return LEAST_MS;
  return Math.min(MOST_MS, Math.max(LEAST_MS, typingIntervalMs * 0.6));
}
