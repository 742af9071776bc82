import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import * as fc from "fast-check";
import type { CanvasTokenizer } from "../../../../src/diffusion/denoiser";
import { tokenizerLines } from "../tokenizerLines";
import { baseOf, loaded, TINY } from "./tinyTokenizer";

describe("the tokenizer of the tiny model", () => {
  let tokenizer: CanvasTokenizer;
  before(async () => {
    tokenizer = loaded(await baseOf(TINY));
  });

  const bytesOf = (text: string) => new TextEncoder().encode(text);
  const allBytes = () => Array.from({ length: tokenizer.vocabularySize }, (_, id) => Buffer.from(tokenizer.bytesOf(id)));

  it("takes the spellings of control tokens for plain text", () => {
    for (const spelling of ["<|fim_pad|>", "<|endoftext|>", "[PAD599]"]) {
      const ids = tokenizer.encode(`a${spelling}b`);
      ok(ids.every((id) => id < 588));
      strictEqual(Buffer.concat(ids.map((id) => tokenizer.bytesOf(id))).toString(), `a${spelling}b`);
    }
  });

  it("has every byte as a token, and none for control tokens and unused places", () => {
    const bytes = allBytes();
    deepStrictEqual(new Set(bytes.filter(({ length }) => length === 1).map((token) => token[0])).size, 256);
    deepStrictEqual(
      bytes.flatMap((token, id) => (token.length === 0 ? [id] : [])),
      Array.from({ length: 12 }, (_, index) => 588 + index),
    );
  });

  it("leaves accents as they were written", () => {
    strictEqual(Buffer.concat(tokenizer.encode("e\u0301").map((id) => tokenizer.bytesOf(id))).toString(), "e\u0301");
  });

  it("encodes nothing as nothing", () => {
    deepStrictEqual(tokenizer.encode(""), []);
  });

  describe("tokensAlong", () => {
    /** The same by looking at every token. */
    const along = (start: Uint8Array) =>
      allBytes().flatMap((token, id) => {
        const shared = Math.min(token.length, start.length);
        return shared > 0 && token.subarray(0, shared).equals(start.subarray(0, shared)) ? [id] : [];
      });

    it("finds what starts with the bytes and what the bytes start with, ascending", () => {
      for (const text of [" ", "r", "retu", "return", "returned and more", "    ", "\n", "é", "'", "self.va"])
        deepStrictEqual(tokenizer.tokensAlong(bytesOf(text)), along(bytesOf(text)), text);
    });

    it("finds the same as looking at every token, for any bytes", () => {
      fc.assert(
        fc.property(
          fc.oneof(
            fc.uint8Array({ minLength: 1, maxLength: 6 }),
            fc.nat(587).map((id) => tokenizer.bytesOf(id)),
          ),
          (start) => {
            deepStrictEqual(tokenizer.tokensAlong(start), along(start));
          },
        ),
        { numRuns: 300 },
      );
    });
  });

  describe("lastPreTokenStart", () => {
    const EXAMPLES: readonly (readonly [string, string])[] = [
      ["", ""],
      ["  retu", " | retu"],
      ["x = foo", "x =| foo"],
      ["x = foo(", "x = foo|("],
      ["it's", "it|'s"],
      ["a1", "a|1"],
      ["12", "1|2"],
      ["if (x) {\n", "if (x)| {\n"],
      ["if (x) {\n    ", "if (x) {\n|    "],
      ["x\n  ", "x|\n  "],
      ["x \n\n\t", "x| \n\n\t"],
      ["x\u00a0\ufeff", "x\u00a0|\ufeff"],
      ["ab\ud835", "|ab\ud835"],
      ["a 🙂", "a| 🙂"],
      ["a 1", "a |1"],
      ["a   1", "a  | 1"],
      ["a\n\t 1", "a\n\t| 1"],
    ];
    for (const [text, drawn] of EXAMPLES)
      it(`cuts ${JSON.stringify(text)} where ${JSON.stringify(drawn)} shows`, () => {
        strictEqual(tokenizer.lastPreTokenStart(text), Math.max(0, drawn.indexOf("|")));
      });

    it("leaves tokens on the left that nothing typed later changes", () => {
      const lines = tokenizerLines().slice(0, 2000);
      const line = fc.nat(lines.length - 1).map((index) => lines[index]!);
      const small = fc.string({
        unit: fc.constantFrom(" ", "\n", "\r", "\t", "a", "é", "1", "'", "s", "{", "🙂", "\ud83d", "\u00a0"),
        maxLength: 12,
      });
      const any = fc.oneof(line, small, fc.string({ unit: "binary" }));
      fc.assert(
        fc.property(any, any, (text, typed) => {
          const left = tokenizer.encode(text.slice(0, tokenizer.lastPreTokenStart(text)));
          deepStrictEqual(tokenizer.encode(text + typed).slice(0, left.length), left);
        }),
        { numRuns: 2000, examples: [["  1", ""]] },
      );
    });

    it("finds the same in a long text as in its last lines alone", () => {
      const head = "def f(x):\n    return x\n\n".repeat(50);
      for (const tail of ["    ret", "x", "\n\n  ", "é'"]) {
        const text = `${head}class A:\n${tail}`;
        strictEqual(tokenizer.lastPreTokenStart(text) - head.length, tokenizer.lastPreTokenStart(`class A:\n${tail}`));
      }
    });
  });
});
