import { Tokenizer } from "@huggingface/tokenizers";
import type { CanvasTokenizer } from "../../diffusion/denoiser";
import { bytesOfLetters } from "./byteLetters";
import { lastPreTokenStart } from "./lastPreTokenStart";
import { TokenIndex } from "./tokenIndex";
import type { TokenizerJson } from "./tokenizerJson";

const NO_BYTES = new Uint8Array(0);

/**
 * A tokenizer from what `makeTokenizerJson` made. The BPE is @huggingface/tokenizers': equal to the reference on all test lines.
 *
 * Lone surrogates, which have no bytes, are U+FFFD. Else the bytes of a text's tokens, joined, are the text in UTF-8.
 */
export function loadTokenizer(json: TokenizerJson): CanvasTokenizer {
  const tokenizer = new Tokenizer(json, {});
  const control = new Set(json.control_ids);
  const bytes: Uint8Array[] = new Array<Uint8Array>(Object.keys(json.model.vocab).length).fill(NO_BYTES);
  for (const [letters, id] of Object.entries(json.model.vocab)) if (!control.has(id)) bytes[id] = bytesOfLetters(letters) ?? NO_BYTES;
  const index = new TokenIndex(bytes);
  return {
    vocabularySize: bytes.length,
    encode: (text) => tokenizer.encode(text.replace(/\p{Surrogate}/gu, "\uFFFD")).ids,
    bytesOf: (id) => bytes[id]!,
    lastPreTokenStart,
    tokensAlong: (start) => index.along(start),
  };
}
