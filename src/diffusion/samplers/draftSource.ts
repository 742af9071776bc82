/** Where the next token goes. */
export interface DraftPlace {
  /** P and what of M is certain, in the file's own order. */
  readonly tokens: readonly number[];
  /** Typed bytes that the next tokens have to spell first; empty behind the head. */
  readonly rest: Uint8Array;
}

export interface Draft {
  /** Nearest first, at least one. */
  readonly tokens: readonly number[];
  /** How likely each of them is right where those before it are, in (0, 1). */
  readonly acceptance: number;
}

/** Proposes what may come next. A wrong draft costs time, never the answer: the clean pass disposes. */
export interface DraftSource {
  propose(place: DraftPlace): Draft | undefined;
  /** What the clean pass said of a draft of this source, as far as it was looked at. @param right how many of the first `offered` tokens were right, from the first on */
  judge(draft: Draft, offered: number, right: number): void;
}
