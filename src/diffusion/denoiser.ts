/**
 * The one thing the denoising loop asks of a model. Token ids are those of the prepared (pruned) vocabulary.
 *
 * Letters: C cached tokens, N clean tokens of a pass, B masks of its block, V vocabulary.
 */
export interface Denoiser {
  /** The tokens whose keys and values are cached, C of them, in order. */
  readonly cached: readonly number[];
  /**
   * One forward pass: the N clean tokens at positions C … C+N-1, each seeing the cache and the clean tokens up to itself, and behind them the
   * block's B tokens at C+N … C+N+B-1, each seeing the cache, all clean tokens and the whole block.
   * Afterwards the clean tokens are cached; the block is not. Logits of a row speak for the position after it.
   *
   * @param clean N ≥ 0 ids
   * @param block B ≥ 0 ids (masks, or tokens revealed so far); N + B ≥ 1
   * @param rows which of the N + B rows' logits are wanted, ascending; may be empty (prefill)
   * @returns one Float32Array [V] of logits for each wanted row, in that order; valid until the next call
   */
  forward(clean: readonly number[], block: readonly number[], rows: readonly number[]): Promise<readonly Float32Array[]>;
  /**
   * A canvas with this context comes: where several caches are kept, the one with most of it becomes `cached`.
   * @param lasting how many of the context's first tokens another canvas in the same file may have too: `<prefix>` and P
   */
  recall(context: readonly number[], lasting: number): void;
  /** Forgets all cached tokens from index `length` on. No-op where the cache is not longer. */
  truncate(length: number): void;
  /** Lets what is cached go on in several ways at once. They end with the next `forward`, `recall` or `truncate`. */
  branchOff(): Branches;
}

/** A branch's rows in a pass that several branches share, as `Denoiser.forward` takes them. */
export interface BranchRows {
  /** which branch, from 0 on */
  readonly branch: number;
  readonly clean: readonly number[];
  readonly block: readonly number[];
  readonly rows: readonly number[];
}

/** Ways to go on behind the C cached tokens, each with K kept tokens of its own; none sees another. */
export interface Branches {
  /**
   * One forward pass for several branches. To each it is what a pass of its own would be, but for the order of sums: its clean tokens stand at positions C+K … C+K+N-1, see the
   * cache, the branch's kept tokens and the clean ones up to themselves; the block stands behind them. Afterwards its clean tokens are kept.
   * @param passes at least one; each branch at most once, with N + B ≥ 1
   * @returns for each of `passes`, in order, its wanted rows of logits [V]; valid until the next call
   */
  forward(passes: readonly BranchRows[]): Promise<readonly (readonly Float32Array[])[]>;
  /** Forgets a branch's kept tokens from its own index `length` on. No-op where they are not more. */
  truncate(branch: number, length: number): void;
}

/** Ids in the prepared vocabulary of the tokens that steer the canvas. */
export interface SpecialTokens {
  readonly prefix: number;
  readonly suffix: number;
  readonly middle: number;
  readonly mask: number;
  readonly end: number;
  /** Stands before a file's path, ahead of P; absent: the model was not trained with it. */
  readonly file?: number;
}

/** What the loop asks of a tokenizer. */
export interface CanvasTokenizer {
  readonly vocabularySize: number;
  /** Ids of the text; special tokens' spellings in it are plain text, never control tokens. */
  encode(text: string): number[];
  /** The bytes of an ordinary token; empty for special tokens. */
  bytesOf(id: number): Uint8Array;
  /** UTF-16 index where the text's last pre-token begins (0 for ""): left of it, what is typed later cannot change the tokens. */
  lastPreTokenStart(text: string): number;
  /**
   * Ordinary tokens whose bytes start with `bytes`, or with which `bytes` starts (the empty token excluded), ascending.
   * @param bytes at least one
   */
  tokensAlong(bytes: Uint8Array): readonly number[];
}
