import type { StoreProgress } from "../model/store/storeProgress";

/** Whole percent, or undefined where it is not known. */
export function percentOf({ done, total }: StoreProgress): number | undefined {
  return total > 0 ? Math.floor((100 * Math.min(done, total)) / total) : undefined;
}

/** What the store does, for people: "fetching the model, 41 %, 12.3 MB/s". */
export function progressWords(progress: StoreProgress): string {
  const percent = percentOf(progress);
  const speed = progress.bytesPerSecond === undefined ? "" : `, ${(progress.bytesPerSecond / 1e6).toFixed(1)} MB/s`;
  return `${STAGES[progress.stage]}${percent === undefined ? "" : `, ${percent} %`}${speed}`;
}

const STAGES: Readonly<Record<StoreProgress["stage"], string>> = {
  waiting: "waiting for another window that prepares the model",
  checking: "checking the model's files",
  fetching: "fetching the model",
  joining: "joining the model's parts",
  verifying: "verifying the model",
  preparing: "preparing the model",
};
