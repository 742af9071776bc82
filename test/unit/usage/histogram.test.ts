import assert from "node:assert/strict";
import fc from "fast-check";
import { addHistograms, bucketOf, LAST_BUCKET, percentileMs, withDuration, type Histogram } from "../../../src/usage/histogram";

const of = (durations: readonly number[]): Histogram => durations.reduce<Histogram>(withDuration, {});
const duration = fc.double({ min: 1, max: 2 ** 20, noNaN: true, maxExcluded: true });

describe("a histogram of durations", () => {
  it("has a bucket for every number, and grows with it", () => {
    for (const ms of [-1, 0, 0.99, Number.NaN, -Infinity]) assert.equal(bucketOf(ms), 0, String(ms));
    assert.equal(bucketOf(1), 1);
    assert.equal(bucketOf(2), 5);
    assert.equal(bucketOf(2 ** 20), LAST_BUCKET);
    assert.equal(bucketOf(Infinity), LAST_BUCKET);
    fc.assert(fc.property(duration, duration, (a, b) => a > b || bucketOf(a) <= bucketOf(b)));
  });

  it("knows no percentile of nothing", () => assert.equal(percentileMs({}, 0.5), undefined));

  it("knows each percentile to a tenth", () => {
    fc.assert(
      fc.property(fc.array(duration, { minLength: 1, maxLength: 50 }), fc.double({ min: 0, max: 1, noNaN: true }), (durations, share) => {
        const sorted = durations.toSorted((a, b) => a - b);
        const exact = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
        const ratio = percentileMs(of(durations), share)! / exact;
        assert.ok(ratio > 0.9 && ratio < 1.1, `${share}: ${ratio}`);
      }),
    );
  });

  it("adds up: two are the one of both", () => {
    fc.assert(
      fc.property(fc.array(duration), fc.array(duration), (a, b) => assert.deepEqual(addHistograms(of(a), of(b)), of([...a, ...b]))),
    );
  });
});
