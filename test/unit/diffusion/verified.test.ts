import assert from "node:assert/strict";
import fc from "fast-check";
import { SLIDING_BUDGET } from "../../../src/diffusion/contextBudget";
import { DenoiseMemory } from "../../../src/diffusion/denoiseMemory";
import type { DraftSource } from "../../../src/diffusion/samplers/draftSource";
import { arbitraryRequest, arbitraryTable } from "./arbitraries";
import { oneAtATime } from "./oneAtATime";
import { assertTokensSpell } from "./assertTokensSpell";
import { runTable } from "./runTable";
import { scriptedTable } from "./table";
import { TableDenoiser } from "./tableDenoiser";
import { tinyTokenizer } from "./tinyTokenizer";

describe("verified", function () {
  this.timeout(180_000);
  it("writes, token by token, what greedy decoding one at a time writes (2,000 random tables)", async () => {
    const endings = new Set<string>();
    await fc.assert(
      fc.asyncProperty(arbitraryTable, arbitraryRequest, async (table, request) => {
        const expected = oneAtATime(table, request, SLIDING_BUDGET.prefixTokens, SLIDING_BUDGET.suffixTokens);
        const result = await runTable(table, request);
        const { text, ended, writtenTokens } = result;
        assert.deepEqual(
          { text, ended, writtenTokens },
          { text: expected.text, ended: expected.ended, writtenTokens: expected.writtenTokens },
        );
        assertTokensSpell(result);
        endings.add(result.ended);
      }),
      { numRuns: 2000 },
    );
    // the file itself ends a random answer too seldom to count on; the next test sees to it
    for (const ending of ["end", "length", "line"]) assert.ok(endings.has(ending), `no answer ended by ${ending}`);
  });

  it("ends, like one at a time, where the answer goes on as the file does", async () => {
    const request = {
      prefix: "foo(",
      suffix: ");\nreturn x;\n",
      region: "span",
      languageId: "c",
      maxTokens: 50,
      sampler: "verified",
      blockSize: 4,
    } as const;
    for (const wrongEvery of [1, 3, Infinity]) {
      const table = scriptedTable("foo(bar);\nreturn x;\nabc", wrongEvery);
      const { text, ended } = await runTable(table, request);
      const expected = oneAtATime(table, request, SLIDING_BUDGET.prefixTokens, SLIDING_BUDGET.suffixTokens);
      assert.deepEqual([text, ended], ["bar", "suffix"]);
      assert.deepEqual([expected.text, expected.ended], [text, ended]);
    }
  });

  it("without drafts (a block of 0) runs one clean row a pass and writes the same", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryTable, arbitraryRequest, async (table, request) => {
        const drafted = await runTable(table, request);
        const denoiser = new TableDenoiser(table);
        const plain = await runTable(table, { ...request, blockSize: 0 }, { denoiser, budget: { ...SLIDING_BUDGET, leadTokens: 0 } });
        assert.deepEqual({ ...plain, passes: 0, prefillTokens: 0 }, { ...drafted, passes: 0, prefillTokens: 0 });
        assert.ok(denoiser.calls.every((call) => call.block.length === 0 && (call.rows.length === 0 || call.clean.length === 1)));
        assert.ok(plain.passes >= drafted.passes);
      }),
      { numRuns: 200 },
    );
  });

  it("writes the same whatever another source drafts and whatever it remembers, in no more passes than one at a time (1,000 random tables)", async () => {
    const memory = new DenoiseMemory();
    await fc.assert(
      fc.asyncProperty(
        arbitraryTable,
        arbitraryRequest,
        fc.infiniteStream(fc.array(fc.nat(260), { maxLength: 6 })),
        async (table, request, drafts) => {
          const plain = await runTable(table, { ...request, blockSize: 0 });
          const draftSource: DraftSource = {
            propose: () => {
              const tokens = drafts.next().value as number[];
              return tokens.length === 0 ? undefined : { tokens, acceptance: 0.9 };
            },
            judge: (draft, offered, right) => assert.ok(0 <= right && right <= offered && offered <= draft.tokens.length),
          };
          for (const run of [{ draftSource }, { memory }, { memory }]) {
            memory.canvases.length = 0; // where the canvas begins is another matter
            const drafted = await runTable(table, request, run);
            assert.deepEqual({ ...drafted, passes: 0, prefillTokens: 0 }, { ...plain, passes: 0, prefillTokens: 0 });
            assert.ok(drafted.passes <= plain.passes);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("with masks that are always right writes a block and one token a pass", async () => {
    const script = "foo(bar, x) = ab12;\nreturn é + c";
    const table = scriptedTable(script, Infinity);
    const tokens = tinyTokenizer.encode(script).length + 1;
    const denoiser = new TableDenoiser(table);
    const request = {
      prefix: "",
      suffix: "",
      region: "span",
      languageId: "c",
      maxTokens: 50,
      sampler: "verified",
      blockSize: 3,
    } as const;
    const result = await runTable(table, request, { denoiser });
    assert.equal(result.text, script);
    assert.equal(result.writtenTokens, tokens);
    // the first pass has no drafts yet: 1, then 4 each
    assert.deepEqual(denoiser.calls.slice(1, -1).map((call) => call.clean.length), Array(result.passes - 2).fill(4)); // prettier-ignore
    assert.equal(result.passes, 1 + Math.ceil((tokens - 1) / 4));
  });
});
