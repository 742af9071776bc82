import assert from "node:assert/strict";
import fc from "fast-check";
import { learn, leastSureness, type Acceptance } from "../../../../src/completion/gate/acceptance";
import { LearnedGate, PRIOR } from "../../../../src/completion/gate/learnedGate";
import { randomFrom } from "../../../randomFrom";

const RANGE = [0.2, 0.95] as const;
const one = fc.record({ sureness: fc.double({ min: 0, max: 1, noNaN: true }), isTaken: fc.boolean() });

/** Somebody who takes what is shown with 1 / (1 + exp(-(a + b logit s))). */
function live(a: number, b: number, times: number): Acceptance {
  const random = randomFrom(7);
  let now = PRIOR;
  for (let i = 0; i < times; i++) {
    const sureness = random();
    const p = 1 / (1 + Math.exp(-(a + b * Math.log(sureness / (1 - sureness)))));
    now = learn(now, PRIOR, sureness, random() < p);
  }
  return now;
}

describe("acceptance", () => {
  it("learns who is pickier and who takes more than the model is sure of", () => {
    const picky = leastSureness(live(-1.5, 1, 2_000), 0.5, RANGE);
    const easy = leastSureness(live(1, 1, 2_000), 0.5, RANGE);
    // What they would need: logit s = 1.5 and -1, that is 0.82 and 0.27.
    assert.ok(Math.abs(picky - 0.82) < 0.08, String(picky));
    assert.ok(Math.abs(easy - 0.27) < 0.08, String(easy));
  });
  it("stays finite and within its range, whatever is taken or dismissed (1,000 random lives)", () => {
    fc.assert(
      fc.property(fc.array(one, { maxLength: 300 }), (life) => {
        const now = life.reduce((state, { sureness, isTaken }) => learn(state, PRIOR, sureness, isTaken), PRIOR);
        assert.ok(Object.values(now).every((value) => Number.isFinite(value)));
        assert.ok(now.aa * now.bb - now.ab * now.ab > 0 && now.b > 0);
        const least = leastSureness(now, 0.5, RANGE);
        assert.ok(least >= RANGE[0] && least <= RANGE[1]);
      }),
      { numRuns: 1_000 },
    );
  });
  it("forgets: who becomes pickier is followed", () => {
    let now = live(1, 1, 3_000);
    const before = leastSureness(now, 0.5, RANGE);
    for (let i = 0; i < 1_000; i++) now = learn(now, PRIOR, 0.5 + (i % 5) / 10, false);
    assert.ok(leastSureness(now, 0.5, RANGE) > before + 0.2);
  });
});

describe("LearnedGate", () => {
  it("goes on from what was kept, and starts anew from anything else", () => {
    let kept: unknown;
    const value = { read: () => kept, write: (acceptance: Acceptance | undefined) => void (kept = acceptance) };
    const first = new LearnedGate(value);
    const least = first.leastSureness;
    for (let i = 0; i < 100; i++) first.settled(0.7, false);
    assert.ok(first.leastSureness > least);
    assert.equal(new LearnedGate(value).leastSureness, first.leastSureness);
    const fresh = new LearnedGate({ read: () => undefined, write: () => undefined }).leastSureness;
    for (const broken of [null, 7, "x", {}, { a: 0, b: -1, aa: 1, ab: 0, bb: 1 }, { a: NaN, b: 1, aa: 1, ab: 0, bb: 1 }]) {
      kept = broken;
      assert.equal(new LearnedGate(value).leastSureness, fresh);
    }
    first.forget();
    assert.equal(kept, undefined);
    assert.equal(first.leastSureness, fresh);
  });
});
