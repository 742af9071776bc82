import { SplitPreTokenizer } from "@huggingface/tokenizers";

/** How `tokenizer.ggml.pre` = "qwen2" cuts text before BPE: Qwen's tokenizer.json, and llama.cpp's LLAMA_VOCAB_PRE_TYPE_QWEN2. */
export const QWEN2_SPLIT = {
  type: "Split",
  pattern: {
    Regex: String.raw`(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`,
  },
  behavior: "Isolated",
  invert: false,
} as const;

const splitter = new SplitPreTokenizer(QWEN2_SPLIT);

/** The pre-tokens of a text, in order; joined they are the text. */
export function preTokens(text: string): readonly string[] {
  return splitter.pre_tokenize_text(text);
}
