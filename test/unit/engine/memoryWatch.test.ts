import assert from "node:assert/strict";
import { MemoryWatch, type MemoryLimits } from "../../../src/engine/memoryWatch";

describe("MemoryWatch", () => {
  const limits: MemoryLimits = { leastLimitBytes: 1_500e6, growthFactor: 2, askEveryMs: 30_000, restartEveryMs: 300_000 };
  let nowMs: number;
  let replaced: string[];
  let asked: number;
  const engine = (name: string, bytes: () => number) => ({
    name,
    status: () => {
      asked += 1;
      return Promise.resolve({ rssBytes: bytes() });
    },
  });
  type Engine = ReturnType<typeof engine>;
  let watch: MemoryWatch<Engine>;
  beforeEach(() => {
    nowMs = 1_000_000;
    replaced = [];
    asked = 0;
    watch = new MemoryWatch<Engine>(
      limits,
      () => nowMs,
      ({ name }, why) => replaced.push(`${name}: ${why}`),
    );
  });

  it("asks after the first answer, then at most once in the time", async () => {
    const one = engine("one", () => 700e6);
    for (const atMs of [0, 29_999, 30_000, 30_001, 59_999, 60_000]) {
      nowMs = 1_000_000 + atMs;
      await watch.afterAnswer(one);
    }
    assert.equal(asked, 3);
  });

  it("leaves a small engine alone below the least limit, and replaces it above", async () => {
    let bytes = 600e6;
    const one = engine("one", () => bytes);
    for (bytes of [600e6, 1_499e6, 1_500e6]) {
      await watch.afterAnswer(one);
      nowMs += 30_000;
    }
    assert.deepEqual(replaced, []);
    bytes = 1_501e6;
    await watch.afterAnswer(one);
    assert.deepEqual(replaced, ["one: it takes 1501 MB, its limit is 1500 MB"]);
  });

  it("lets a big engine take twice what it took after its first answer", async () => {
    let bytes = 2_000e6;
    const one = engine("one", () => bytes);
    await watch.afterAnswer(one);
    for (bytes of [4_000e6, 4_001e6]) {
      nowMs += 30_000;
      await watch.afterAnswer(one);
      assert.equal(replaced.length, bytes > 4_000e6 ? 1 : 0);
    }
  });

  it("measures each engine anew, and replaces one in five minutes at most", async () => {
    let bytes = 600e6;
    for (const name of ["one", "two", "three"]) {
      const next = engine(name, () => bytes);
      bytes = 600e6;
      await watch.afterAnswer(next);
      bytes = 9_000e6;
      nowMs += 30_000;
      await watch.afterAnswer(next);
      nowMs += name === "two" ? 300_000 : 60_000;
      if (name === "two") await watch.afterAnswer(next);
    }
    assert.deepEqual(
      replaced.map((line) => line.split(":", 1)[0]),
      ["one", "two"],
    );
  });

  it("forgets an answer that comes when another engine runs", async () => {
    let give: (status: { rssBytes: number }) => void = () => undefined;
    const slow = { ...engine("slow", () => 0), status: () => new Promise<{ rssBytes: number }>((resolve) => (give = resolve)) };
    const first = watch.afterAnswer(slow);
    give({ rssBytes: 600e6 });
    await first;
    nowMs += 30_000;
    const asking = watch.afterAnswer(slow);
    await watch.afterAnswer(engine("next", () => 600e6));
    give({ rssBytes: 9_000e6 });
    await asking;
    assert.deepEqual(replaced, []);
  });
});
