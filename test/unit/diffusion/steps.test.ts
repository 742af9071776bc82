import assert from "node:assert/strict";
import fc from "fast-check";
import type { CellState, DenoisingStep } from "../../../src/backends/infiller";
import { arbitraryRequest, arbitraryTable } from "./arbitraries";
import { runTable } from "./runTable";
import { TableDenoiser } from "./tableDenoiser";
import { SPECIAL } from "./tinyTokenizer";

const text = (step: DenoisingStep, ...states: CellState[]) => step.cells.filter((cell) => states.includes(cell.state)).map((cell) => cell.text).join(""); // prettier-ignore
const count = (step: DenoisingStep, state: CellState) => step.cells.filter((cell) => cell.state === state).length;

/** Of a pass: its wanted rows are the last known token's, the drafts' and the masks'. */
const draftsOf = ({ rows, block }: { readonly rows: readonly number[]; readonly block: readonly number[] }) =>
  rows.length - block.length - 1;

describe("denoising steps", function () {
  this.timeout(180_000);
  for (const sampler of ["verified", "confidence"] as const) {
    it(`of ${sampler} come one a pass, in order, and their last one's revealed text is the answer`, async () => {
      await fc.assert(
        fc.asyncProperty(arbitraryTable, arbitraryRequest, async (table, asked) => {
          const steps: DenoisingStep[] = [];
          const request = { ...asked, sampler };
          const result = await runTable(table, request, { onStep: (step) => steps.push(step) });
          assert.deepEqual(result, await runTable(table, request), "whoever looks changes nothing");
          assert.deepEqual(
            steps.map((step) => step.pass),
            Array.from({ length: result.passes }, (_, i) => i + 1),
          );
          const last = text(steps.at(-1)!, "revealed");
          assert.ok(last === result.text || last + "\n" === result.text, JSON.stringify({ last, text: result.text }));
          for (const step of steps) {
            const order = step.cells.map((cell) => cell.state);
            assert.ok(
              order.lastIndexOf("clamped") < order.findIndex((state) => state !== "clamped") || order.every((state) => state === "clamped"),
            );
            for (const cell of step.cells) {
              if (cell.state === "masked" || cell.state === "remasked")
                assert.deepEqual([cell.text, cell.confidence, cell.alternatives.length], ["", 0, 0]);
              else if (cell.state === "drafted" && cell.confidence === 0)
                assert.deepEqual(cell.alternatives, [], "looked up, not read from a row");
              else assert.ok(cell.confidence > 0 && cell.confidence <= 1);
              if (cell.state === "revealed" || (cell.state === "drafted" && cell.confidence > 0)) assert.equal(cell.alternatives.length, 3);
            }
          }
        }),
        { numRuns: 200 },
      );
    });
  }

  it("of verified show as drafted what the next pass checks, and as masked and remasked what it throws away", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryTable, arbitraryRequest, async (table, asked) => {
        const steps: DenoisingStep[] = [];
        const denoiser = new TableDenoiser(table);
        await runTable(table, { ...asked, prefix: asked.prefix + "\n" }, { denoiser, onStep: (step) => steps.push(step) });
        const calls = denoiser.calls.slice(-steps.length);
        for (const [i, step] of steps.slice(0, -1).entries()) {
          const call = calls[i]!;
          const next = calls[i + 1]!;
          assert.equal(count(step, "drafted"), draftsOf(next));
          const revealedNow = count(step, "revealed") - (i === 0 ? 0 : count(steps[i - 1]!, "revealed"));
          const drafts = draftsOf(call);
          assert.ok(revealedNow >= 1 && revealedNow <= drafts + 1);
          const rejected = revealedNow < drafts + 1;
          // what was thrown away stands there unless a new draft does
          const thrownDrafts = rejected ? drafts - revealedNow : 0;
          const thrownMasks = rejected ? call.block.filter((token) => token === SPECIAL.mask).length : 0;
          const drafted = draftsOf(next);
          assert.equal(count(step, "remasked"), Math.max(0, thrownDrafts - drafted));
          assert.equal(count(step, "masked"), Math.max(0, thrownDrafts + thrownMasks - Math.max(drafted, thrownDrafts)));
        }
      }),
      { numRuns: 200 },
    );
  });

  it("of confidence show masked exactly the masks that the next pass runs, and keep what is revealed", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryTable, arbitraryRequest, async (table, asked) => {
        const steps: DenoisingStep[] = [];
        const denoiser = new TableDenoiser(table);
        await runTable(
          table,
          { ...asked, prefix: asked.prefix + "\n", sampler: "confidence", threshold: 0.3 },
          { denoiser, onStep: (step) => steps.push(step) },
        );
        const calls = denoiser.calls.slice(-steps.length);
        for (const [i, step] of steps.slice(0, -1).entries()) {
          const next = calls[i + 1]!;
          if (count(step, "masked") > 0) assert.equal(count(step, "masked"), next.block.filter((token) => token === SPECIAL.mask).length);
          else assert.ok(next.block.every((token) => token === SPECIAL.mask));
          if (i > 0) assert.ok(count(step, "revealed") > count(steps[i - 1]!, "revealed"));
        }
      }),
      { numRuns: 200 },
    );
  });

  it("carry the time since the request arrived", async () => {
    let clock = 100;
    const times: number[] = [];
    await fc.assert(
      fc.asyncProperty(arbitraryTable, arbitraryRequest, async (table, asked) => {
        times.length = 0;
        const began = (clock += 5) + 1;
        await runTable(table, asked, { now: () => ++clock, onStep: (step) => times.push(step.atMs) });
        assert.ok(times[0]! > 0 && times.every((time, i) => time <= clock - began && (i === 0 || time > times[i - 1]!)));
      }),
      { numRuns: 20 },
    );
  });
});
