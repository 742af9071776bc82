export interface SliceParts {
  readonly nowMs: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
}

/** So long it works, so long it rests: whoever types meanwhile does not notice. */
const WORK_MS = 8;
const REST_MS = 24;

/**
 * Does one thing after the other, and rests between whiles.
 * @param isOver asked before each: the rest is left
 */
export async function inSlices<T>(
  things: Iterable<T>,
  one: (thing: T) => Promise<void>,
  isOver: () => boolean,
  { nowMs, sleep }: SliceParts,
): Promise<void> {
  let sinceMs = nowMs();
  for (const thing of things) {
    if (isOver()) return;
    await one(thing);
    if (nowMs() - sinceMs < WORK_MS) continue;
    await sleep(REST_MS);
    sinceMs = nowMs();
  }
}
