import assert from "node:assert/strict";
import fc from "fast-check";
import { inSlices } from "../../../../src/context/project/inSlices";

/** Things that take so many milliseconds each, by a clock of its own. */
async function run(costs: readonly number[], most = Infinity) {
  let nowMs = 0;
  let longestMs = 0;
  let sinceMs = 0;
  const done: number[] = [];
  await inSlices(
    costs,
    async (cost) => {
      await Promise.resolve();
      nowMs += cost;
      done.push(cost);
      longestMs = Math.max(longestMs, nowMs - sinceMs);
    },
    () => done.length >= most,
    {
      nowMs: () => nowMs,
      sleep: (ms) => {
        nowMs += ms;
        sinceMs = nowMs;
        return Promise.resolve();
      },
    },
  );
  return { done, longestMs, nowMs };
}

describe("work in slices", () => {
  it("does each thing once and in order, and rests after eight milliseconds", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 60 }), async (costs) => {
        const { done, longestMs, nowMs } = await run(costs);
        assert.deepEqual(done, costs);
        assert.ok(longestMs < 8 + 6, `${longestMs} ms at a stretch`);
        const work = costs.reduce((sum, cost) => sum + cost, 0);
        assert.ok(nowMs >= work + 24 * Math.floor(work / (8 + 6)), "rested too little");
      }),
    );
  });

  it("leaves the rest when it is over", async () => {
    assert.deepEqual((await run([1, 2, 3, 4], 2)).done, [1, 2]);
  });

  it("goes on with what is added meanwhile", async () => {
    const things = [1];
    const done: number[] = [];
    await inSlices(
      things,
      async (thing) => {
        done.push(thing);
        if (thing < 3) things.push(thing + 1);
        return Promise.resolve();
      },
      () => false,
      { nowMs: () => 0, sleep: () => Promise.resolve() },
    );
    assert.deepEqual(done, [1, 2, 3]);
  });
});
