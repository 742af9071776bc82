/** How much of the file the model sees, in tokens, and in which steps it is computed. */
export interface ContextBudget {
  /** Most tokens of the pieces of related files ahead of P, and of one of them. */
  readonly relatedTokens: number;
  readonly pieceTokens: number;
  /** Most tokens of P, the text before the anchor. */
  readonly prefixTokens: number;
  /**
   * P loses its front in steps of so many tokens, so that the next line's P begins where this line's did and its keys and values are still cached.
   * 1: always the last `prefixTokens`, as the training sketch does.
   */
  readonly prefixStep: number;
  /** Most tokens of S, the text after the region. */
  readonly suffixTokens: number;
  /** Most tokens of the head: of a line that is longer the front goes to P, and the anchor leaves earlier lines. */
  readonly headTokens: number;
  /** The head loses its front in steps of so many tokens, so that P stays the same from keystroke to keystroke. At most `headTokens`. */
  readonly headStep: number;
  /** Characters read for each token of a budget, before anything is tokenised: a huge file costs no more than a small one. */
  readonly charsPerToken: number;
  /** Most tokens of one prefill pass: an abort is seen between two. */
  readonly sliceTokens: number;
  /** Most tokens of a slice that is read ahead, when nothing is asked: a request waits for one at most. */
  readonly readAheadTokens: number;
  /** So many uncached context tokens, or fewer, ride in the first denoising pass instead of costing a prefill pass of their own. */
  readonly leadTokens: number;
}

export const DEFAULT_BUDGET: ContextBudget = {
  relatedTokens: 256,
  pieceTokens: 160,
  prefixTokens: 640,
  prefixStep: 256,
  suffixTokens: 64,
  headTokens: 48,
  headStep: 24,
  charsPerToken: 8,
  sliceTokens: 160,
  readAheadTokens: 64,
  leadTokens: 16,
};

/** What the adapters' own evaluation shows the model: the last 400 tokens of P, whatever that does to the cache. */
export const SLIDING_BUDGET: ContextBudget = { ...DEFAULT_BUDGET, prefixTokens: 400, prefixStep: 1, charsPerToken: 32 };
