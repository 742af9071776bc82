import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { GgufValue } from "../../../../src/model/gguf/gguf";
import { makeTokenizerJson } from "../../../../src/model/tokenizer/makeTokenizerJson";
import { rejectsDamaged } from "../gguf/rejectsDamaged";
import { baseOf, TINY, type Base } from "./tinyTokenizer";

const BYTES = Array.from({ length: 256 }, (_, id) => id);
const FIRST_CONTROL = 588;

describe("makeTokenizerJson", () => {
  let base: Base;
  before(async () => {
    base = await baseOf(TINY);
  });

  const tokens = () => base.metadata.get("tokenizer.ggml.tokens") as readonly string[];
  const kept = (ids: readonly number[]) => ({ file: "vocabulary.json", ids });
  const refuses = (change: Record<string, GgufValue | undefined>, detail: RegExp) => {
    const metadata = new Map(base.metadata);
    for (const [key, value] of Object.entries(change))
      if (value === undefined) metadata.delete(`tokenizer.ggml.${key}`);
      else metadata.set(`tokenizer.ggml.${key}`, value);
    return rejectsDamaged(
      Promise.resolve().then(() => makeTokenizerJson({ file: TINY, metadata })),
      TINY,
      detail,
    );
  };
  const refusesKept = (ids: readonly number[], detail: RegExp) =>
    rejectsDamaged(
      Promise.resolve().then(() => makeTokenizerJson(base, kept(ids))),
      "vocabulary.json",
      detail,
    );

  it("keeps every token and merge without a list", () => {
    const json = makeTokenizerJson(base);
    deepStrictEqual(
      Object.entries(json.model.vocab)
        .toSorted(([, a], [, b]) => a - b)
        .map(([token]) => token),
      tokens(),
    );
    strictEqual(json.model.merges.length, 332);
  });

  it("numbers kept tokens by their place in the list", () => {
    const ids = [...BYTES.toReversed(), 594, 300];
    const { vocab } = makeTokenizerJson(base, kept(ids)).model;
    for (const [place, id] of ids.entries()) strictEqual(vocab[tokens()[id]!], place);
    strictEqual(Object.keys(vocab).length, ids.length);
  });

  it("drops the merges of which a part or the result is not kept", () => {
    const ids = [...BYTES, 256, 258, 260];
    const { vocab, merges } = makeTokenizerJson(base, kept(ids)).model;
    ok(merges.length > 0 && merges.length <= 3);
    for (const [left, right] of merges) ok(left in vocab && right in vocab && left + right in vocab);
  });

  it("lists control tokens and unused places, and adds none as spellings", () => {
    const json = makeTokenizerJson(base);
    deepStrictEqual(
      json.control_ids,
      Array.from({ length: 12 }, (_, index) => FIRST_CONTROL + index),
    );
    deepStrictEqual(json.added_tokens, []);
    deepStrictEqual(makeTokenizerJson(base, kept([588, ...BYTES, 594])).control_ids, [0, 257]);
  });

  it("takes names that objects have of their own for tokens", () => {
    const metadata = new Map(base.metadata);
    metadata.set(
      "tokenizer.ggml.tokens",
      tokens().map((token, id) => (id === 300 ? "__proto__" : token)),
    );
    const written = JSON.stringify(makeTokenizerJson({ file: TINY, metadata }));
    ok(written.includes('"__proto__":300'));
  });

  it("refuses kept lists that lack a byte, repeat, or name what there is not", async () => {
    await refusesKept(
      BYTES.filter((id) => id !== 65),
      /token of the byte \d+ is not among the 255/,
    );
    await refusesKept([...BYTES, 300, 300], /token 300 occurs twice/);
    await refusesKept([...BYTES, 600], /keeps the token 600, and there are 600/);
    await refusesKept([...BYTES, -1], /keeps the token -1/);
    await refusesKept([...BYTES, 1.5], /keeps the token 1.5/);
  });

  it("refuses other tokenizers by name", async () => {
    await refuses({ model: "llama" }, /"llama" with the rules of "qwen2"/);
    await refuses({ pre: "llama-bpe" }, /"gpt2" with the rules of "llama-bpe"/);
    await refuses({ pre: undefined }, /without a name/);
  });

  it("refuses lists that are not what they should be", async () => {
    await refuses({ tokens: undefined }, /tokenizer.ggml.tokens is not the list/);
    await refuses({ tokens: [1, 2] }, /tokenizer.ggml.tokens is not the list/);
    await refuses({ token_type: [1, 1] }, /600 tokens but 2 token types/);
    await refuses({ merges: "x y" }, /tokenizer.ggml.merges is not the list/);
    await refuses({ merges: ["x"] }, /merge "x" is not two tokens/);
    await refuses({ merges: ["x y z"] }, /is not two tokens/);
    await refuses({ tokens: tokens().with(300, "two words") }, /token 300 is not made of bytes/);
    await refuses({ tokens: tokens().with(300, "") }, /token 300 is not made of bytes/);
    await refuses({ tokens: tokens().with(300, tokens()[299]!) }, /token 300 occurs twice/);
  });
});
