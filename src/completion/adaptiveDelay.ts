const LEAST_MS = 10;
const MOST_MS = 150;

/**
 * Milliseconds to wait after a keystroke before the engine is asked: so short that a pause is answered at once, so long that a burst of
 * keys does not start a request each. An engine whose first token comes between two keys needs no wait: an abort costs it one pass, what it has
 * read of the file stays, and VS Code itself has waited for the end of a burst (50 ms in its release 1.139) before it asks.
 * @param typingIntervalMs usual time between two keys of this user, in a burst
 * @param firstTokenMs usual time until the engine has written something
 */
export function adaptiveDelayMs(typingIntervalMs: number, firstTokenMs: number): number {
  if (firstTokenMs < typingIntervalMs / 2) return 0;
  return Math.min(MOST_MS, Math.max(LEAST_MS, typingIntervalMs * 0.6));
}
