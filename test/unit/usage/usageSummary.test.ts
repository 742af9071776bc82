import assert from "node:assert/strict";
import fc from "fast-check";
import { axisEnd } from "../../../media/statistics/plotScale";
import { durationWords, nothingYet, shareWords } from "../../../media/statistics/words";
import type { Fate } from "../../../src/usage/offer";
import { parseStatisticsRequest } from "../../../src/usage/statisticsProtocol";
import { addCounts, countsOf, type UsageCounts } from "../../../src/usage/usageDays";
import { PLOTTED_DAYS, summarizeUsage } from "../../../src/usage/usageSummary";
import { offerOf } from "./offerOf";

const TODAY = "2026-11-27";
const one = (fate: Fate, acceptedChars = 0, latencyMs = 100, shownMs = 800): UsageCounts =>
  countsOf({ offer: offerOf({ latencyMs }), fate, acceptedChars, typedChars: 0, shownMs, isAlternative: false });
const all = (...counts: UsageCounts[]): UsageCounts => counts.reduce(addCounts);
const isNear = (actual: number | undefined, wanted: number): void => assert.ok(Math.abs(actual! / wanted - 1) < 0.1, `${actual}`);

describe("summarizeUsage", () => {
  it("says nothing of nothing, and still has its days", () => {
    const { total, languages, days, since } = summarizeUsage({}, TODAY);
    assert.deepEqual(
      [total.offers, total.shareAccepted, total.acceptMedianMs, total.latencyMedianMs],
      [0, undefined, undefined, undefined],
    );
    assert.deepEqual([languages, since, days.length], [[], undefined, PLOTTED_DAYS]);
  });

  it("counts as read all but what went unread, and as accepted what was so in part too", () => {
    const python = all(one("accepted", 9), one("acceptedInPart", 2), one("typed"), one("dismissed"), one("unread"));
    const { total } = summarizeUsage({ [TODAY]: { python } }, TODAY);
    assert.deepEqual([total.offers, total.shareAccepted, total.acceptedChars], [5, 0.5, 11]);
  });

  it("has no share where nothing could be read, and no time to accept where nothing was accepted", () => {
    const { total } = summarizeUsage({ [TODAY]: { python: all(one("unread")) } }, TODAY);
    assert.deepEqual([total.offers, total.shareAccepted, total.acceptMedianMs], [1, undefined, undefined]);
    isNear(total.latencyMedianMs, 100);
  });

  it("knows medians and the slowest twentieth", () => {
    const quick = Array.from({ length: 90 }, () => one("accepted", 1, 40, 500));
    const slow = Array.from({ length: 10 }, () => one("accepted", 1, 900, 500));
    const { total } = summarizeUsage({ [TODAY]: { python: all(...quick, ...slow) } }, TODAY);
    isNear(total.latencyMedianMs, 40);
    isNear(total.latency95Ms, 900);
    isNear(total.acceptMedianMs, 500);
  });

  it("puts the languages in order of what was accepted in them, over all days", () => {
    const { languages, since } = summarizeUsage(
      { "2026-11-01": { go: one("accepted", 5) }, [TODAY]: { python: one("accepted", 7), go: one("accepted", 4), c: one("unread") } },
      TODAY,
    );
    assert.deepEqual(
      languages.map(({ languageId, figures }) => [languageId, figures.acceptedChars]),
      [
        ["go", 9],
        ["python", 7],
        ["c", 0],
      ],
    );
    assert.equal(since, "2026-11-01");
  });

  it("has the last thirty days, oldest first, also over the end of a month", () => {
    const { days } = summarizeUsage(
      { [TODAY]: { a: one("accepted", 3), b: one("accepted", 4) }, "2026-10-28": { a: one("accepted", 9) } },
      TODAY,
    );
    assert.deepEqual(days.at(-1), { day: TODAY, acceptedChars: 7, offers: 2 });
    assert.deepEqual(days[0], { day: "2026-10-29", acceptedChars: 0, offers: 0 });
    assert.equal(new Set(days.map(({ day }) => day)).size, PLOTTED_DAYS);
  });
});

describe("the statistics page's words", () => {
  it("are no number where nothing was measured", () => {
    assert.equal(shareWords(undefined), nothingYet());
    assert.equal(durationWords(undefined), nothingYet());
    assert.doesNotMatch(nothingYet(), /\d/);
  });
  it("give durations two digits", () => {
    assert.deepEqual([0.5, 1.09, 43.7, 999, 1_050, 12_345, 123_456].map(durationWords), [
      ...["under 1 ms", "1.1 ms", "44 ms", "1.0 s", "1.1 s", "12 s", "120 s"],
    ]);
  });
  it("give shares whole per cents", () => assert.deepEqual([0, 0.005, 0.336, 1].map(shareWords), ["0 %", "1 %", "34 %", "100 %"]));
});

describe("axisEnd", () => {
  it("is a round number that holds all, and not much more", () => {
    assert.deepEqual([[], [0], [10], [11], [51, 3], [420]].map(axisEnd), [10, 10, 10, 20, 100, 500]);
    fc.assert(
      fc.property(fc.array(fc.nat(1e9), { minLength: 1 }), (values) => {
        const [end, largest] = [axisEnd(values), Math.max(10, ...values)];
        assert.ok(end >= largest && end <= 2.5 * largest);
      }),
    );
  });
});

describe("parseStatisticsRequest", () => {
  it("knows the page's three requests, and no other", () => {
    for (const type of ["ready", "export", "delete"] as const) assert.deepEqual(parseStatisticsRequest({ type, more: 1 }), { type });
    fc.assert(fc.property(fc.anything(), (message) => assert.equal(parseStatisticsRequest(message), undefined)));
    for (const type of ["", "constructor", 1, null]) assert.equal(parseStatisticsRequest({ type }), undefined);
  });
});
