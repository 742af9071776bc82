/** What the store is doing. `waiting`: another process is at it. */
export type StoreStage = "waiting" | "checking" | "fetching" | "joining" | "verifying" | "preparing";

export interface StoreProgress {
  readonly stage: StoreStage;
  /** In [0, total]: bytes, but for `preparing` and `waiting`, whose unit is their own. */
  readonly done: number;
  /** 0: not known. */
  readonly total: number;
  /** Over the last seconds; only while fetching, and only once it is known. */
  readonly bytesPerSecond?: number;
}

export type OnStoreProgress = (progress: StoreProgress) => void;
