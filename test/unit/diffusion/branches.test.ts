import assert from "node:assert/strict";
import fc from "fast-check";
import type { InfillRequest } from "../../../src/backends/infiller";
import { layCanvas } from "../../../src/diffusion/canvas";
import { type ContextBudget, DEFAULT_BUDGET, SLIDING_BUDGET } from "../../../src/diffusion/contextBudget";
import type { Denoised } from "../../../src/diffusion/denoise";
import { denoiseBranches } from "../../../src/diffusion/denoiseBranches";
import { DenoiseMemory } from "../../../src/diffusion/denoiseMemory";
import type { StopReason } from "../../../src/diffusion/passes";
import { arbitraryRequest, arbitraryTable } from "./arbitraries";
import { runTable, type TableRun } from "./runTable";
import type { Table } from "./table";
import { TableDenoiser } from "./tableDenoiser";
import { SPECIAL, tinyTokenizer } from "./tinyTokenizer";

interface BranchRun {
  readonly denoiser?: TableDenoiser;
  readonly budget?: ContextBudget;
  readonly shouldStop?: () => StopReason | undefined;
  readonly now?: () => number;
  readonly memory?: DenoiseMemory;
}

function runBranches(table: Table, request: InfillRequest, heads: readonly string[], run: BranchRun = {}): Promise<Denoised[]> {
  const { denoiser = new TableDenoiser(table), budget = SLIDING_BUDGET, shouldStop = () => undefined, now = () => 0, memory } = run;
  return denoiseBranches(denoiser, tinyTokenizer, SPECIAL, request, heads, budget, { shouldStop, now, memory });
}

/** What requests one after the other answer at a place where something was asked already, as it is where alternatives are. */
async function oneRequestEach(
  table: Table,
  request: InfillRequest,
  heads: readonly string[],
  budget: ContextBudget,
  run: TableRun = {},
): Promise<Denoised[]> {
  const answers: Denoised[] = [];
  for (const head of heads) {
    const memory = new DenoiseMemory();
    memory.keepCanvas(layCanvas(request, tinyTokenizer, SPECIAL, budget));
    answers.push(await runTable(table, { ...request, prefix: request.prefix + head }, { ...run, memory, budget }));
  }
  return answers;
}

const answerOf = ({ text, tokens, ended, fits, writtenTokens }: Denoised) => ({ text, tokens, ended, fits, writtenTokens });

const arbitraryHead = fc
  .array(fc.constantFrom("foo", "re", " ", "(", ");", " = ", "x", "é", "😀", "\n", "\n  ", "return"), { minLength: 1, maxLength: 5 })
  .map((words) => words.join(""));
const arbitraryHeads = fc.array(arbitraryHead, { minLength: 1, maxLength: 4 });
const arbitraryBudget = fc.constantFrom(SLIDING_BUDGET, DEFAULT_BUDGET, { ...SLIDING_BUDGET, leadTokens: 0, sliceTokens: 2 });

describe("branches", function () {
  this.timeout(180_000);

  for (const sampler of ["verified", "confidence"] as const)
    it(`by ${sampler} are, token by token, what a request each answers (500 random tables)`, async () => {
      await fc.assert(
        fc.asyncProperty(arbitraryTable, arbitraryRequest, arbitraryHeads, arbitraryBudget, async (table, asked, heads, budget) => {
          const request = { ...asked, sampler };
          const together = await runBranches(table, request, heads, { budget });
          assert.deepEqual(together.map(answerOf), (await oneRequestEach(table, request, heads, budget)).map(answerOf));
        }),
        { numRuns: 500 },
      );
    });

  it("take as many passes as the longest of them, and read what they share once", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryTable, arbitraryRequest, arbitraryHeads, async (table, request, heads) => {
        const denoiser = new TableDenoiser(table);
        const together = await runBranches(table, request, heads, { denoiser });
        const passes = together.map((answer) => answer.passes);
        const denoising = denoiser.sharedPasses.filter((pass) => pass.some(({ rows }) => rows.length > 0));
        assert.equal(denoising.length, Math.max(...passes));
        assert.deepEqual(
          denoising.map((pass) => pass.map(({ branch }) => branch)),
          denoising.map((_, index) => [...heads.keys()].filter((branch) => passes[branch]! > index)),
        );
        const place = layCanvas(request, tinyTokenizer, SPECIAL, SLIDING_BUDGET);
        const contexts = heads.map((head) => {
          const canvas = layCanvas({ ...request, prefix: request.prefix + head }, tinyTokenizer, SPECIAL, SLIDING_BUDGET, [place]);
          return canvas.known.slice(0, -1);
        });
        const shared = denoiser.cached;
        assert.deepEqual(denoiser.calls.flatMap(({ clean }) => clean), shared); // prettier-ignore
        for (const context of contexts) assert.deepEqual(context.slice(0, shared.length), shared);
        const next = contexts.map((context) => context[shared.length]);
        assert.ok(next.includes(undefined) || new Set(next).size > 1, "more is shared");
      }),
      { numRuns: 300 },
    );
  });

  it("told to stop, give what a request each gives after as many passes, and run no further one", async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryTable,
        arbitraryRequest,
        arbitraryHeads,
        fc.nat(8),
        fc.constantFrom("aborted" as const, "deadline" as const),
        async (table, asked, heads, asks, reason) => {
          // How many tokens a pass makes certain depends, with drafts, on what all branches have learned of them.
          const request = { ...asked, blockSize: 0 };
          const denoiser = new TableDenoiser(table);
          let left = asks;
          const stopped = await runBranches(table, request, heads, { denoiser, shouldStop: () => (left-- > 0 ? undefined : reason) });
          assert.ok(denoiser.calls.length + denoiser.sharedPasses.length <= asks);
          for (const [branch, answer] of stopped.entries()) {
            let passes = 0;
            const [alone] = await oneRequestEach(table, request, [heads[branch]!], SLIDING_BUDGET, {
              onStep: () => passes++,
              shouldStop: () => (passes < answer.passes ? undefined : reason),
            });
            assert.deepEqual(answerOf(answer), answerOf(alone!));
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it("leave a cache that the place's own request finds its context in, and no canvas but the place's", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryTable, arbitraryRequest, arbitraryHeads, async (table, request, heads) => {
        const denoiser = new TableDenoiser(table);
        const memory = new DenoiseMemory();
        await runBranches(table, request, heads, { denoiser, memory });
        const after = await runTable(table, request, { denoiser, memory });
        assert.deepEqual(answerOf(after), answerOf(await runTable(table, request)));
        assert.equal(memory.canvases.length, 1);
      }),
      { numRuns: 300 },
    );
  });

  it("refuse a request that is none", async () => {
    const request = { prefix: "", suffix: "", region: "line", languageId: "c", maxTokens: 0, sampler: "verified" } as const;
    const table: Table = { next: () => new Float32Array(), draft: () => new Float32Array() };
    await assert.rejects(runBranches(table, request, ["a"]), /maxTokens/);
  });
});
