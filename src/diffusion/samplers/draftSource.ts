import type { Guess } from "../rowReader";

/** Proposes what may come next. A wrong draft costs time, never the answer: the clean pass disposes. */
export interface DraftSource {
  /** Masks that shall ride behind the clean tokens of every pass. */
  readonly masks: number;
  /**
   * @param fromMasks what the last pass's masks turned into, if all that stood before them was right; else empty
   * @returns tokens that may follow the last certain one, nearest first
   */
  drafts(fromMasks: readonly Guess[]): readonly Guess[];
}
