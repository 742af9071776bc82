import assert from "node:assert/strict";
import fc from "fast-check";
import { differencesOf, FIGURE_NAMES, figuresOf, type Outcome } from "../../eval/figures";

const outcome: fc.Arbitrary<Outcome> = fc.record({
  passes: fc.integer({ min: 1, max: 40 }),
  writtenTokens: fc.integer({ min: 1, max: 96 }),
  ms: fc.integer({ min: 1, max: 5_000 }),
  ended: fc.constantFrom("end", "suffix", "length"),
  isPassed: fc.option(fc.boolean()),
  isExact: fc.boolean(),
  similarity: fc.double({ min: 0, max: 1, noNaN: true }),
  parses: fc.boolean(),
});
/** As a set is: each problem has tests, or each has none, or some have. */
const outcomes = fc.array(outcome, { minLength: 1, maxLength: 12 });
const FEW_RUNS = { numRuns: 15 };

const TWO: readonly Outcome[] = [
  { passes: 2, writtenTokens: 6, ms: 100, ended: "end", isPassed: true, isExact: true, similarity: 1, parses: true },
  { passes: 4, writtenTokens: 6, ms: 300, ended: "length", isPassed: null, isExact: false, similarity: 0.5, parses: false },
];

describe("figures of an evaluation", () => {
  it("have intervals around them whose ends are in order, and shares in [0, 1]", () =>
    fc.assert(
      fc.property(outcomes, (all) => {
        const figures = figuresOf(all);
        for (const name of FIGURE_NAMES) {
          const figure = figures[name];
          if (figure === null) continue;
          assert.ok(figure.low <= figure.value + 1e-9 && figure.value <= figure.high + 1e-9, name);
          if (/Rate|Similarity/.test(name)) assert.ok(figure.low >= 0 && figure.high <= 1, name);
        }
      }),
      FEW_RUNS,
    ));

  it("are the counts that they say", () => {
    const figures = figuresOf(TWO);
    const values = Object.fromEntries(FIGURE_NAMES.map((name) => [name, figures[name]?.value]));
    assert.deepEqual(values, {
      passRate: 1,
      exactRate: 0.5,
      editSimilarity: 0.75,
      parseRate: 0.5,
      tokensPerPass: 2,
      tokensPerSecond: 30,
      passesPerAnswer: 3,
      msPerAnswer: 200,
      ranOnRate: 0.5,
    });
    assert.equal(figures.n, 2);
  });

  it("say nothing of tests where no problem has any", () => {
    assert.equal(figuresOf([TWO[1]!]).passRate, null);
  });

  it("are no different from themselves, and the other way round the other way", () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(outcome, outcome), { minLength: 1, maxLength: 12 }), (pairs) => {
        const one = pairs.map(([a]) => a);
        // Whether there are tests is the problem's.
        const other = pairs.map(([a, b]) => ({ ...b, isPassed: a.isPassed === null ? null : (b.isPassed ?? false) }));
        const [same, there, back] = [differencesOf(one, one), differencesOf(one, other), differencesOf(other, one)];
        const [ours, theirs] = [figuresOf(one), figuresOf(other)];
        for (const name of FIGURE_NAMES) {
          if (there[name]) assert.ok(Math.abs(there[name].value - (ours[name]!.value - theirs[name]!.value)) < 1e-9, name);
          if (there[name]) assert.ok(there[name].low <= there[name].value + 1e-9 && there[name].value <= there[name].high + 1e-9, name);
          if (same[name]) assert.deepEqual(same[name], { value: 0, low: 0, high: 0 });
          if (there[name] && back[name]) assert.ok(Math.abs(there[name].value + back[name].value) < 1e-9, name);
        }
      }),
      FEW_RUNS,
    ));

  it("are not compared where the problems differ", () => assert.throws(() => differencesOf(TWO, TWO.slice(1)), /same problems/));
});
