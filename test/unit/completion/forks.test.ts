import assert from "node:assert/strict";
import fc from "fast-check";
import type { CanvasCell, DenoisingStep } from "../../../src/backends/infiller";
import { forks } from "../../../src/completion/forks";

const cell = (text: string, confidence: number, others: readonly [string, number][] = [], state: CanvasCell["state"] = "revealed") => ({
  ...{ state, text, confidence },
  alternatives: others.map(([other, sure]) => ({ text: other, confidence: sure })),
});
const step = (...cells: CanvasCell[]): DenoisingStep => ({ pass: 1, atMs: 1, cells });

describe("forks", () => {
  it("are the likeliest other tokens, weighed by what comes before them", () => {
    const last = step(
      cell("x = ", 1, [], "clamped"),
      cell("foo", 0.5, [["foo", 0.5], ["bar", 0.3]]), // prettier-ignore
      cell("(", 0.4, [["(", 0.4], [".", 0.5]]), // prettier-ignore
    );
    assert.deepEqual(forks(last, "foo("), [{ at: 0, text: "bar", probability: 0.3 }, { at: 3, text: ".", probability: 0.25 }]); // prettier-ignore
  });
  it("are none where the answer has lost its end, in the tail, or where the other token shows nothing", () => {
    assert.deepEqual(forks(step(cell("foo", 0.9), cell("bar", 0.5, [["baz", 0.4]])), "foo"), []);
    assert.deepEqual(forks(step(cell("foo", 0.9), cell(")", 0.5, [["]", 0.4]], "tail")), "foo)"), []);
    assert.deepEqual(forks(step(cell("foo", 0.5, [["", 0.3], [" \n", 0.3], ["\uFFFD", 0.3]])), "foo"), []); // prettier-ignore
  });
  it("lie within the answer, best first (1,000 random steps)", () => {
    const arbitrary = fc.record({
      state: fc.constantFrom<CanvasCell["state"]>("clamped", "revealed", "masked", "drafted", "tail"),
      text: fc.constantFrom("foo", " ", "(", ""),
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
      alternatives: fc.array(fc.record({ text: fc.constantFrom("bar", "", "\n"), confidence: fc.double({ min: 0, max: 1, noNaN: true }) })),
    });
    fc.assert(
      fc.property(fc.array(arbitrary), fc.constantFrom("foo(", "foo foo", "("), (cells, text) => {
        const found = forks({ pass: 1, atMs: 1, cells }, text);
        assert.ok(found.length <= 3);
        for (const [i, { at, probability }] of found.entries()) {
          assert.ok(at >= 0 && at < text.length && probability >= 0 && probability <= 1);
          if (i > 0) assert.ok(probability <= found[i - 1]!.probability);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
