import assert from "node:assert/strict";
import { memoryTrend, type MemorySample } from "../../soak/memoryTrend";
import { planFaults } from "../../soak/planFaults";
import { randomFrom } from "../../randomFrom";
import { commonSlope } from "../../soak/slope";
import { describeSoak, soakFaults } from "../../soak/describeSoak";
import type { SoakResult } from "../../soak/soak";
import { typeForever } from "../../soak/typeForever";
import { readTrace, TracedEditor } from "../../replay/typingTrace";

const close = (actual: number | undefined, expected: number): void =>
  assert.ok(actual !== undefined && Math.abs(actual - expected) < 1e-9 * Math.max(1, Math.abs(expected)), `${actual}, not ${expected}`);

describe("a soak's slope of memory", () => {
  it("is that of a line, whatever its level", () => {
    close(commonSlope([[0, 1, 5].map((x) => ({ x, y: 3 * x + 7 }))]), 3);
  });
  it("is common to several series at levels of their own", () => {
    const series = [100, -50].map((level, at) => [0, 1, 2].map((x) => ({ x: x + at, y: level + 2 * x })));
    close(commonSlope(series), 2);
  });
  it("is not known from one point in each series", () => {
    assert.equal(commonSlope([[{ x: 1, y: 1 }], [{ x: 2, y: 9 }], []]), undefined);
  });

  const sample = (seconds: number, mb: number, more: Partial<MemorySample> = {}): MemorySample => ({
    ...{ atMs: seconds * 1_000, heapBytes: mb * 1e6, rssBytes: 2 * mb * 1e6 },
    ...more,
  });
  it("leaves out the first half of the time", () => {
    const { heapMbPerHour, rssMbPerHour } = memoryTrend(
      [0, 10, 20, 30, 40].map((second) => sample(second, second < 20 ? second * 9 : 300)),
    );
    close(heapMbPerHour, 0);
    close(rssMbPerHour, 0);
  });
  it("looks at each engine's life alone, not at its first seconds, and at none that was short", () => {
    const life = (engine: number, fromSecond: number) =>
      [0, 10, 20, 30, 40].map((age) =>
        sample(fromSecond + age, 20, { engine, engineAgeMs: age * 1_000, engineRssBytes: (age < 20 ? age : engine + age / 360) * 1e6 }),
      );
    const { engineMbPerHour, engineSamples } = memoryTrend([
      ...life(600, 0),
      ...life(500, 105).slice(0, 4),
      ...life(900, 110),
      ...life(300, 160),
    ]);
    close(engineMbPerHour, 10);
    assert.equal(engineSamples, 6);
  });
});

describe("a soak's faults", () => {
  it("are spread over the time, one in each part, the same for the same seed", () => {
    const plan = planFaults(20, 100_000, randomFrom(3));
    assert.deepEqual(
      plan.map(({ atMs }) => Math.floor(atMs / 5_000)),
      [...Array(20).keys()],
    );
    assert.deepEqual(plan, planFaults(20, 100_000, randomFrom(3)));
    assert.equal(new Set(plan.map(({ signal }) => signal)).size, 3);
  });
});

describe("a soak's typing", () => {
  it("begins each time behind what was written before, until a document is full; then in new ones", () => {
    const trace = readTrace();
    const once = new TracedEditor(trace);
    trace.events.forEach((event) => once.apply(event));
    const full = once.texts[0]!.length * 2;
    const ends: { names: string[]; texts: string[] }[] = [];
    let events = 0;
    for (const { editor } of typeForever(trace, full)) {
      if (++events % trace.events.length === 0)
        ends.push({ names: editor.trace.documents.map(({ name }) => name), texts: [...editor.texts] });
      if (ends.length === 3) break;
    }
    assert.deepEqual(ends[0], { names: ["soak-1/inventory.ts", "soak-1/access_report.py"], texts: once.texts });
    assert.deepEqual(
      ends[1]!.texts,
      once.texts.map((text) => text + text),
    );
    assert.deepEqual(ends[2], { names: ["soak-2/inventory.ts", "soak-2/access_report.py"], texts: once.texts });
  });
});

describe("a soak's report", () => {
  const well: SoakResult = {
    ...{ keystrokes: 10, requests: 4, suggestions: 3, suggestionsFromCache: 1, nothing: { superseded: 7 }, engines: 2 },
    ...{ failures: { engineDied: 1 }, defects: [], unsettled: 0, orphans: [], samples: [], durationMs: 2_000 },
    faults: [{ signal: "SIGKILL", engine: "ready", atMs: 500, askedAfterMs: 300, answeredAfterMs: 700, suggestedAfterMs: 900 }],
  };
  it("names no fault where each kill was followed by a suggestion", () => assert.deepEqual(soakFaults(well), []));
  for (const [what, broken] of Object.entries<Partial<SoakResult>>({
    "a promise that never settled": { unsettled: 1 },
    "an engine that is left": { orphans: [7] },
    "an error that is no engine's": { defects: ["TypeError: x"] },
    "a kind of failure that no kill explains": { failures: { badRequest: 1 } },
    "a death without a kill": { faults: [] },
    "a kill after which no suggestion came": { faults: [{ signal: "SIGSTOP", engine: "ready", atMs: 500, answeredAfterMs: 700 }] },
  }))
    it(`names ${what}`, () => assert.equal(soakFaults({ ...well, ...broken }).length, 1));
  it("says what was counted", () => {
    const text = describeSoak(well);
    assert.match(text, /2\.0 s, 10 keystrokes, 4 requests, 3 suggestions \(1 from the cache\)/);
    assert.match(text, /first request after a fault to the next answer: p50 0\.4 s/);
    assert.match(text, /next suggestion: p50 0\.9 s, max 0\.9 s, n 1/);
    assert.match(text, /engine too few samples/);
  });
});
