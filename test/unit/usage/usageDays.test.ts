import assert from "node:assert/strict";
import fc from "fast-check";
import { FATES, type SettledOffer } from "../../../src/usage/offer";
import {
  addCounts,
  addDays,
  countsOf,
  dayBefore,
  dayOf,
  dropOldDays,
  MOST_DAYS,
  NO_COUNTS,
  type UsageDays,
} from "../../../src/usage/usageDays";
import { formatUsage, parseUsage } from "../../../src/usage/usageFormat";
import { offerOf } from "./offerOf";

const settled = fc.record({
  offer: fc.nat(5_000).map((latencyMs) => offerOf({ latencyMs })),
  fate: fc.constantFrom(...FATES),
  ...{ acceptedChars: fc.nat(500), typedChars: fc.nat(500), shownMs: fc.nat(60_000), isAlternative: fc.boolean() },
});
const counts = fc.array(settled, { maxLength: 5 }).map((all) => all.map(countsOf).reduce(addCounts, NO_COUNTS));
const language = fc.oneof(fc.constantFrom("python", "typescript", "__proto__", "constructor"), fc.string());
const day = fc.nat(800).map((count) => dayBefore("2026-11-27", count));
const days: fc.Arbitrary<UsageDays> = fc.dictionary(day, fc.array(fc.tuple(language, counts), { maxLength: 3 }).map(Object.fromEntries), {
  maxKeys: 4,
  noNullPrototype: true,
});
/** A value that JSON can hold. */
const json = fc.jsonValue();

describe("what an offer counts", () => {
  const one = (more: Partial<SettledOffer>): SettledOffer => ({
    ...{ offer: offerOf({ latencyMs: 80 }), fate: "accepted", acceptedChars: 9, typedChars: 0, shownMs: 700, isAlternative: false },
    ...more,
  });

  it("is its fate, its characters and its durations", () => {
    const { fates, acceptedChars, typedChars, acceptMs, latencyMs } = countsOf(one({}));
    assert.deepEqual([fates, acceptedChars, typedChars], [{ accepted: 1 }, 9, 0]);
    assert.equal(Object.keys(acceptMs).length, 1);
    assert.equal(Object.keys(latencyMs).length, 1);
  });

  it("has a time to accept only where it was accepted to its end", () => {
    for (const fate of FATES) assert.equal(Object.keys(countsOf(one({ fate })).acceptMs).length, fate === "accepted" ? 1 : 0, fate);
  });
});

describe("days of counts", () => {
  it("add up, whoever comes first, and lose nothing", () => {
    fc.assert(
      fc.property(days, days, days, (a, b, c) => {
        assert.deepEqual(addDays(a, b), addDays(b, a));
        assert.deepEqual(addDays(addDays(a, b), c), addDays(a, addDays(b, c)));
        assert.deepEqual(addDays(a, {}), a);
      }),
    );
  });

  it("are dropped when they are older than 400 days, and not before", () => {
    const today = "2026-11-27";
    const kept = dayBefore(today, MOST_DAYS - 1);
    const all = { [dayBefore(today, MOST_DAYS)]: {}, [kept]: {}, [today]: {}, "2027-01-01": {} };
    assert.equal(kept, "2025-10-24");
    assert.deepEqual(Object.keys(dropOldDays(all, today)).sort(), [kept, today, "2027-01-01"]);
  });

  it("are those of the user's clock", () => {
    assert.equal(dayOf(new Date(2026, 0, 5, 23, 59)), "2026-01-05");
    assert.equal(dayOf(new Date(2026, 0, 6, 0, 0)), "2026-01-06");
  });
});

describe("the statistics file", () => {
  it("is read as it was written", () => {
    fc.assert(fc.property(days, (all) => assert.deepEqual(parseUsage(formatUsage(all)), all)));
  });

  it("is none where it is cut off, whatever is left of it", () => {
    fc.assert(
      fc.property(days, fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (all, share) => {
        const text = formatUsage(all).trimEnd();
        assert.equal(parseUsage(text.slice(0, Math.floor(text.length * share))), undefined);
      }),
    );
  });

  it("is none where it is anything else", () => {
    fc.assert(fc.property(json, (value) => assert.equal(parseUsage(JSON.stringify(value)), undefined)));
    fc.assert(fc.property(fc.string(), (text) => assert.equal(parseUsage(text), undefined)));
  });

  for (const [title, edit] of [
    ["of another version", (text: string) => text.replace('"version":1', '"version":2')],
    ["with a day that is none", (text: string) => text.replace("2026-11-27", "2026-13-27")],
    ["with a fate that is none", (text: string) => text.replace('"accepted"', '"lost"')],
    ["with a count that is none", (text: string) => text.replace('"acceptedChars":9', '"acceptedChars":-9')],
    ["with half a count", (text: string) => text.replace('"acceptedChars":9', '"acceptedChars":0.5')],
    ["with a bucket that is none", (text: string) => text.replace(/"latencyMs":\{"\d+"/, '"latencyMs":{"82"')],
    ["with a field missing", (text: string) => text.replace(/,"latencyMs":\{.*?\}/, "")],
  ] as const) {
    it(`is none ${title}`, () => {
      const offer: SettledOffer = {
        offer: offerOf(),
        fate: "accepted",
        acceptedChars: 9,
        typedChars: 0,
        shownMs: 700,
        isAlternative: false,
      };
      const text = formatUsage({ "2026-11-27": { python: countsOf(offer) } });
      assert.notEqual(parseUsage(text), undefined);
      assert.notEqual(edit(text), text);
      assert.equal(parseUsage(edit(text)), undefined);
    });
  }
});
