import { setTimeout as sleep } from "node:timers/promises";

/**
 * Asks again and again until the answer is yes.
 * @param otherwise what to say when time is up
 * @throws Error with that
 */
export async function until(condition: () => Promise<boolean>, limitMs: number, otherwise: () => Promise<string>): Promise<void> {
  const endMs = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() > endMs) throw new Error(`${await otherwise()} (after ${limitMs} ms)`);
    await sleep(50);
  }
}
