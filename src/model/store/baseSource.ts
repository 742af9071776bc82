import type { OnStoreProgress } from "./storeProgress";
import type { StoreError } from "./storeError";
import type { AssertHeld } from "./storeLock";

/** What is asked before anything big is fetched. */
export interface ConsentRequest {
  /** the model's, for people */
  readonly title: string;
  /** to fetch; what an earlier run brought already is still counted */
  readonly bytes: number;
  /** of what is fetched */
  readonly licence: string;
  /** the source that will be used, as one can check it: an address, or package names */
  readonly from: string;
}

/** A place to get the base from. */
export interface BaseSource {
  readonly from: string;
  /**
   * A quick look, which fetches nothing.
   * @param earlier why the source before this one was of no use
   * @returns undefined where it can be used, else why not
   */
  whyUnusable(earlier: StoreError | undefined, signal: AbortSignal): Promise<StoreError | undefined>;
  /** Bytes of disk that `fetch` will take at its worst. */
  neededBytes(): Promise<number>;
  /**
   * Fetches and verifies, then gives the file its final name.
   * @param temporary an empty folder
   * @param assertHeld asked right before that
   */
  fetch(temporary: string, signal: AbortSignal, onProgress: OnStoreProgress, assertHeld: AssertHeld): Promise<void>;
}
