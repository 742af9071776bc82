import type { OnStoreProgress, StoreProgress } from "./storeProgress";

/**
 * At most one event in `everyMs` of one stage; a stage's first event and those that complete it always pass. Chunks arrive thousands a second, an eye sees ten.
 * @param now a clock in milliseconds
 */
export function throttled(onProgress: OnStoreProgress | undefined, everyMs: number, now: () => number): OnStoreProgress {
  let last: { stage: StoreProgress["stage"]; atMs: number } | undefined;
  return (progress) => {
    if (onProgress === undefined) return;
    const atMs = now();
    const due = last === undefined || last.stage !== progress.stage || atMs - last.atMs >= everyMs;
    if (!due && !(progress.total > 0 && progress.done >= progress.total)) return;
    last = { stage: progress.stage, atMs };
    onProgress(progress);
  };
}
