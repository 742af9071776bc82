import assert from "node:assert/strict";
import fc from "fast-check";
import { likeliestTokens } from "../../../src/diffusion/likeliestTokens";
import { mostLikely } from "../../../src/diffusion/mostLikely";
import { probabilities } from "../../../src/diffusion/probabilities";

const logit = fc.oneof(fc.double({ min: -80, max: 80, noNaN: true }), fc.constantFrom(NaN, Infinity, -Infinity, 0, 1));
const row = fc.array(logit, { minLength: 1, maxLength: 20 }).map((numbers) => Float32Array.from(numbers));

describe("reading a row of logits", function () {
  this.timeout(180_000);
  it("takes the greatest allowed, the lower id of two equal, never one that is no number", () => {
    assert.equal(mostLikely(Float32Array.of(1, 3, 3, 9), (id) => id !== 3), 1); // prettier-ignore
    assert.equal(mostLikely(Float32Array.of(NaN, -Infinity), () => true), -1); // prettier-ignore
    fc.assert(
      fc.property(row, (logits) => {
        const valid = [...logits.keys()].filter((id) => id % 3 !== 0 && logits[id]! > -Infinity);
        const expected = valid.toSorted((a, b) => (logits[a] === logits[b] ? a - b : logits[b]! > logits[a]! ? 1 : -1))[0] ?? -1;
        assert.equal(mostLikely(logits, (id) => id % 3 !== 0), expected); // prettier-ignore
      }),
    );
  });

  it("gives softmax probabilities that add up to 1, huge logits and all", () => {
    assert.deepEqual(probabilities(Float32Array.of(Math.log(3), 0, NaN), [0, 1, 2]).map((p) => +p.toFixed(3)), [0.75, 0.25, 0]); // prettier-ignore
    assert.deepEqual(probabilities(Float32Array.of(Infinity, 5, Infinity), [0, 1]), [0.5, 0]);
    assert.deepEqual(probabilities(Float32Array.of(NaN, -Infinity), [0, 1]), [0, 0]);
    fc.assert(
      fc.property(row, (logits) => {
        const all = probabilities(logits, [...logits.keys()]);
        const readable = logits.some((value) => value > -Infinity);
        assert.ok(Math.abs(all.reduce((sum, p) => sum + p, 0) - Number(readable)) < 1 / 1024);
        assert.ok(all.every((p) => p >= 0 && p <= 1));
        if (logits.includes(Infinity)) return;
        const exact = logits.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : Math.exp(value - 80)), 0);
        for (const [id, p] of all.entries()) {
          if (!Number.isNaN(logits[id]!)) assert.ok(!readable || Math.abs(p - Math.exp(logits[id]! - 80) / exact) < 1 / 4096);
        }
      }),
    );
  });

  it("lists the likeliest, best first, the lower id of two equal", () => {
    assert.deepEqual(likeliestTokens(Float32Array.of(1, 5, NaN, 5, 0), 3), [1, 3, 0]);
    fc.assert(
      fc.property(row, fc.integer({ min: 1, max: 4 }), (logits, count) => {
        const expected = [...logits.keys()].filter((id) => logits[id]! > -Infinity).toSorted((a, b) => (logits[a] === logits[b] ? a - b : logits[b]! > logits[a]! ? 1 : -1)); // prettier-ignore
        assert.deepEqual(likeliestTokens(logits, count), expected.slice(0, count));
      }),
    );
  });
});
