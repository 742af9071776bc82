/**
 * A check that is made at the first call, and then only where at least `everyMs` went by since it was last made.
 * @param now a clock in milliseconds that does not stand still while this process is stopped
 */
export function atMostEvery(everyMs: number, now: () => number, check: () => Promise<void>): () => Promise<void> {
  let checkedMs = -Infinity;
  return async () => {
    const nowMs = now();
    if (nowMs - checkedMs < everyMs) return;
    await check();
    checkedMs = nowMs;
  };
}
