import { damaged } from "../damaged";
import type { Gguf, GgufValue } from "../gguf/gguf";
import { BYTE_LETTERS, bytesOfLetters } from "./byteLetters";
import { QWEN2_SPLIT } from "./qwen2PreTokenizer";
import type { TokenizerJson } from "./tokenizerJson";

/** `enum llama_token_type`; all others are control tokens, user-defined ones, or places that were never used. */
const NORMAL = 1;

export interface KeptVocabulary {
  /** the list's file, which errors name */
  readonly file: string;
  /** base ids; an id's place in the list is its new id */
  readonly ids: readonly number[];
}

/**
 * The tokenizer of a prepared model from its base's GGUF, pruned to the kept ids. Merges go of which a part or the result is not kept. Text is
 * not normalised, like transformers and llama.cpp with the same file (Qwen's own tokenizer.json says NFC): so the bytes of a text's tokens are
 * the text's bytes.
 * @param kept absent: all
 * @throws EngineError modelDamaged, naming the GGUF or the list
 */
export function makeTokenizerJson(base: Pick<Gguf, "file" | "metadata">, kept?: KeptVocabulary): TokenizerJson {
  requireKind(base);
  const tokens = list(base, "tokens", isString);
  const types = list(base, "token_type", isNumber);
  if (types.length !== tokens.length) throw damaged(base.file, `it has ${tokens.length} tokens but ${types.length} token types`);

  const ids = kept?.ids ?? tokens.keys();
  const newIds = new Map<string, number>();
  const ordinary = new Set<string>();
  const controlIds: number[] = [];
  for (const id of ids) {
    const token = tokens[id];
    if (token === undefined) throw damaged(kept!.file, `it keeps the token ${id}, and there are ${tokens.length}`);
    if (newIds.has(token)) throw damaged(kept?.file ?? base.file, `the token ${id} occurs twice`);
    const newId = newIds.size;
    newIds.set(token, newId);
    if (types[id] !== NORMAL) controlIds.push(newId);
    else if (token === "" || bytesOfLetters(token) === undefined) throw damaged(base.file, `the token ${id} is not made of bytes`);
    else ordinary.add(token);
  }
  const missing = BYTE_LETTERS.findIndex((letter) => !ordinary.has(letter));
  if (missing >= 0) throw damaged(kept?.file ?? base.file, `the token of the byte ${missing} is not among the ${newIds.size} tokens`);
  return assemble(newIds, mergesAmong(base, ordinary), controlIds);
}

function requireKind(base: Pick<Gguf, "file" | "metadata">): void {
  const model = base.metadata.get("tokenizer.ggml.model");
  const pre = base.metadata.get("tokenizer.ggml.pre");
  if (model !== "gpt2" || pre !== "qwen2")
    throw damaged(base.file, `its tokenizer is ${shown(model)} with the rules of ${shown(pre)}, and only gpt2 with those of qwen2 is read`);
}

function mergesAmong(base: Pick<Gguf, "file" | "metadata">, ordinary: ReadonlySet<string>): (readonly [string, string])[] {
  const merges: (readonly [string, string])[] = [];
  for (const merge of list(base, "merges", isString)) {
    const [left, right, ...more] = merge.split(" ");
    if (!left || !right || more.length > 0) throw damaged(base.file, `the merge ${shown(merge)} is not two tokens`);
    if (ordinary.has(left) && ordinary.has(right) && ordinary.has(left + right)) merges.push([left, right]);
  }
  return merges;
}

function assemble(
  ids: ReadonlyMap<string, number>,
  merges: readonly (readonly [string, string])[],
  controlIds: readonly number[],
): TokenizerJson {
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: {
      type: "Sequence",
      pretokenizers: [QWEN2_SPLIT, { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: false }],
    },
    post_processor: null,
    decoder: { type: "ByteLevel", add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: "BPE",
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      // fromEntries, since it takes "__proto__" for a name like any other
      vocab: Object.fromEntries(ids),
      merges,
    },
    control_ids: controlIds,
  };
}

function list<T extends GgufValue>(
  base: Pick<Gguf, "file" | "metadata">,
  name: string,
  is: (value: GgufValue) => value is T,
): readonly T[] {
  const value = base.metadata.get(`tokenizer.ggml.${name}`);
  if (!Array.isArray(value) || !value.every(is)) throw damaged(base.file, `its tokenizer.ggml.${name} is not the list it should be`);
  return value;
}

function isString(value: GgufValue): value is string {
  return typeof value === "string";
}

function isNumber(value: GgufValue): value is number {
  return typeof value === "number";
}

function shown(value: GgufValue | undefined): string {
  return typeof value === "string" ? JSON.stringify(value.slice(0, 64)) : "without a name";
}
