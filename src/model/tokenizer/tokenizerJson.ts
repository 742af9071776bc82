/**
 * tokenizer.json of a prepared model: Hugging Face's format (byte-level BPE, qwen2's pre-tokenizer), with one key of our own.
 * Special tokens hold their places in the vocabulary but are not `added_tokens`: their spellings in a user's text are plain text.
 */
export interface TokenizerJson {
  readonly version: "1.0";
  readonly truncation: null;
  readonly padding: null;
  readonly added_tokens: readonly never[];
  readonly normalizer: { readonly type: "NFC" } | null;
  readonly pre_tokenizer: unknown;
  readonly post_processor: null;
  readonly decoder: unknown;
  readonly model: {
    readonly type: "BPE";
    readonly dropout: null;
    readonly unk_token: null;
    readonly continuing_subword_prefix: null;
    readonly end_of_word_suffix: null;
    readonly fuse_unk: false;
    readonly byte_fallback: false;
    readonly ignore_merges: false;
    /** token in byte-level letters → id */
    readonly vocab: Readonly<Record<string, number>>;
    /** best first */
    readonly merges: readonly (readonly [string, string])[];
  };
  /** ours: ids, ascending, that stand for no bytes (control tokens, and places that were never used) */
  readonly control_ids: readonly number[];
}
