import assert from "node:assert/strict";
import fc from "fast-check";
import { aheadTokens } from "../../../src/diffusion/aheadTokens";
import { DEFAULT_BUDGET } from "../../../src/diffusion/contextBudget";
import type { CanvasTokenizer, SpecialTokens } from "../../../src/diffusion/denoiser";

const FILE = 9_999;
const SPECIAL: SpecialTokens = { prefix: 0, suffix: 1, middle: 2, mask: 3, end: 4, file: FILE };
/** One token a UTF-16 unit. */
const tokenizer = { encode: (text: string) => [...text].map((char) => 100 + char.charCodeAt(0)) } as unknown as CanvasTokenizer;

function read(tokens: readonly number[]): string {
  return tokens.map((token) => (token === FILE ? "¶" : String.fromCharCode(token - 100))).join("");
}

describe("what stands ahead of P", () => {
  const piece = { path: "a/b/c/near.ts", text: "const near = 1;\n" };

  it("is the path's last folder and name", () => {
    assert.equal(read(aheadTokens({ path: "one/two/three.py" }, tokenizer, SPECIAL, DEFAULT_BUDGET)), "¶two/three.py\n");
    assert.equal(read(aheadTokens({ path: "one\\two\\three.py" }, tokenizer, SPECIAL, DEFAULT_BUDGET)), "¶two/three.py\n");
  });

  it("is nothing without a path, or where the model knows none", () => {
    assert.deepEqual(aheadTokens({ related: [piece] }, tokenizer, SPECIAL, DEFAULT_BUDGET), []);
    const without: SpecialTokens = { prefix: 0, suffix: 1, middle: 2, mask: 3, end: 4 };
    assert.deepEqual(aheadTokens({ path: "a.ts", related: [piece] }, tokenizer, without, DEFAULT_BUDGET), []);
  });

  it("begins with the pieces, the most relevant last", () => {
    const tokens = aheadTokens({ path: "a.ts", related: [{ path: "far.ts", text: "far\n" }, piece] }, tokenizer, SPECIAL, DEFAULT_BUDGET);
    assert.equal(read(tokens), "¶far.ts\nfar\n¶c/near.ts\nconst near = 1;\n¶a.ts\n");
  });

  it("leaves the least relevant out where room is short, and never takes more than the budget", () => {
    const pieces = fc.array(fc.record({ path: fc.string({ maxLength: 30 }), text: fc.string({ maxLength: 400 }) }), { maxLength: 6 });
    fc.assert(
      fc.property(pieces, (related) => {
        const own = aheadTokens({ path: "a.ts" }, tokenizer, SPECIAL, DEFAULT_BUDGET);
        const tokens = aheadTokens({ path: "a.ts", related }, tokenizer, SPECIAL, DEFAULT_BUDGET);
        assert.ok(tokens.length - own.length <= DEFAULT_BUDGET.relatedTokens);
        assert.deepEqual(tokens.slice(-own.length), own);
        const kept = tokens.filter((token) => token === FILE).length - 1;
        assert.ok(kept <= related.length);
        const nearest = aheadTokens({ path: "a.ts", related: related.slice(related.length - kept) }, tokenizer, SPECIAL, DEFAULT_BUDGET);
        assert.deepEqual(tokens, nearest);
      }),
    );
  });
});
