import assert from "node:assert/strict";
import fc from "fast-check";
import { SLIDING_BUDGET } from "../../../src/diffusion/contextBudget";
import { RowReader } from "../../../src/diffusion/rowReader";
import { confidence } from "../../../src/diffusion/samplers/confidence";
import { arbitraryRequest, arbitraryTable } from "./arbitraries";
import { assertTokensSpell } from "./assertTokensSpell";
import { blockByConfidence } from "./blockByConfidence";
import { oneAtATime } from "./oneAtATime";
import { runTable } from "./runTable";
import { scriptedTable } from "./table";
import { TableDenoiser } from "./tableDenoiser";
import { SPECIAL, tinyTokenizer } from "./tinyTokenizer";

const arbitraryConfidence = fc
  .tuple(arbitraryRequest, fc.constantFrom(0.01, 0.2, 0.9, 1))
  .map(([request, threshold]) => ({ ...request, sampler: "confidence" as const, threshold }));

describe("confidence", function () {
  this.timeout(180_000);
  it("reveals at least one position each pass and never changes a revealed one", async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryTable,
        fc.integer({ min: 1, max: 8 }),
        fc.constantFrom(0.01, 0.3, 1),
        async (table, blockSize, threshold) => {
          const reader = new RowReader(tinyTokenizer, SPECIAL, false);
          const sampler = confidence({ last: SPECIAL.middle, mask: SPECIAL.mask, blockSize, threshold, reader });
          const denoiser = new TableDenoiser(table);
          let certain: number[] = [];
          let before: (number | undefined)[] = [];
          for (let pass = 0; pass < 20; pass++) {
            const { clean, block, rows } = sampler.propose();
            assert.ok(rows.length > 0);
            const verdict = sampler.dispose(await denoiser.forward(clean, block, rows));
            certain = [...certain, ...verdict.certain.map((guess) => guess.token)];
            const now = [...certain, ...verdict.open.map((cell) => cell.guess?.token)];
            for (const [i, token] of before.entries()) if (token !== undefined) assert.equal(now[i], token);
            const revealed = (cells: (number | undefined)[]) => cells.filter((token) => token !== undefined).length;
            assert.ok(revealed(now) > revealed(before));
            before = now;
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it("with a threshold that nothing misses reveals a block a pass; with one that nothing passes, a token a pass", async () => {
    const table = scriptedTable("abcabcabcabcabcabcabcabc", Infinity);
    const request = {
      prefix: "",
      suffix: "",
      region: "span",
      languageId: "c",
      maxTokens: 50,
      sampler: "confidence",
      blockSize: 3,
    } as const;
    const fast = await runTable(table, { ...request, threshold: 0.001 });
    const slow = await runTable(table, { ...request, threshold: 1 });
    assert.equal(fast.text, "abcabcabcabcabcabcabcabc");
    assert.equal(fast.passes, Math.ceil(fast.writtenTokens / 3));
    assert.equal(slow.text, fast.text);
    assert.ok(slow.passes > 2 * fast.passes);
  });

  it("writes what a plain decoder, block by block, writes (500 random tables)", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryTable, arbitraryConfidence, async (table, request) => {
        const write = (visible: readonly number[]) => blockByConfidence(table, visible, request.blockSize!, request.threshold);
        const expected = oneAtATime(table, request, SLIDING_BUDGET.prefixTokens, SLIDING_BUDGET.suffixTokens, write);
        const { text, ended, writtenTokens } = await runTable(table, request);
        assert.deepEqual(
          { text, ended, writtenTokens },
          { text: expected.text, ended: expected.ended, writtenTokens: expected.writtenTokens },
        );
      }),
      { numRuns: 500 },
    );
  });

  it("with one mask a block writes what verified writes", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryTable, arbitraryRequest, async (table, request) => {
        const expected = await runTable(table, request);
        const result = await runTable(table, { ...request, sampler: "confidence", blockSize: 1 });
        assert.deepEqual([result.text, result.tokens, result.ended], [expected.text, expected.tokens, expected.ended]);
      }),
      { numRuns: 200 },
    );
  });

  it("stopped before any pass, resolves with a head of what it would have written", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryTable, arbitraryConfidence, async (table, request) => {
        const whole = await runTable(table, request);
        assertTokensSpell(whole);
        const written = whole.tokens.map((token) => token.confidence);
        for (let allowed = 0; allowed <= whole.passes; allowed++) {
          let polls = 0;
          const result = await runTable(table, request, { shouldStop: () => (polls++ >= allowed ? "deadline" : undefined) });
          assertTokensSpell(result);
          const shared = Math.min(result.tokens.length, written.length);
          assert.deepEqual(
            result.tokens.slice(0, shared).map((token) => token.confidence),
            written.slice(0, shared),
          );
        }
      }),
      { numRuns: 60 },
    );
  });
});
