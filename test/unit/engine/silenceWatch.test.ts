import assert from "node:assert/strict";
import { SilenceWatch, type SilenceLimits } from "../../../src/engine/silenceWatch";

/** Lets promises that are settled run. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

describe("SilenceWatch", () => {
  const limits: SilenceLimits = { tickMs: 100, idleTicks: 3, factor: 4, leastTicks: 5, mostTicks: 20 };
  let pongs: (() => void)[];
  let silent: number;
  let watch: SilenceWatch;
  let tick: (() => void) | undefined;
  const every = (ms: number, onTick: () => void): (() => void) => {
    assert.equal(ms, limits.tickMs);
    assert.equal(tick, undefined, "there is one timer at most");
    tick = onTick;
    return () => (tick = undefined);
  };
  const pass = (ticks: number): void => {
    for (let passed = 0; passed < ticks; passed += 1) tick?.();
  };

  beforeEach(() => {
    tick = undefined;
    pongs = [];
    silent = 0;
    watch = new SilenceWatch({
      limits,
      every,
      ping: () => new Promise<void>((resolve) => pongs.push(resolve)),
      onSilence: () => (silent += 1),
    });
  });

  /** @returns ticks until the silence was noticed; undefined where it was not within 50 */
  const ticksUntilNoticed = (): number | undefined => {
    for (let ticks = 1; ticks <= 50; ticks += 1) {
      pass(1);
      if (silent > 0) return ticks;
    }
    return undefined;
  };
  const pong = async (): Promise<void> => {
    pongs.shift()!();
    await settled();
  };

  it("does nothing at all while nothing is asked", () => {
    assert.equal(ticksUntilNoticed(), undefined);
    watch.start();
    watch.stop();
    assert.equal(ticksUntilNoticed(), undefined);
    assert.equal(pongs.length, 0);
  });

  it("gives an engine that was never heard the longest limit, and says so once", () => {
    watch.start();
    assert.equal(ticksUntilNoticed(), limits.mostTicks + 1);
    pass(50);
    assert.equal(silent, 1);
  });

  it("pings one at a time", () => {
    watch.start();
    pass(10);
    assert.equal(pongs.length, 1);
  });

  it("is patient in proportion to the longest silence that ended well", async () => {
    watch.start();
    pass(2);
    await pong();
    assert.equal(ticksUntilNoticed(), limits.factor * 3 + 1);
  });

  it("is patient for the least limit at least, and the longest at most", async () => {
    watch.start();
    watch.heard();
    assert.equal(ticksUntilNoticed(), limits.leastTicks + 1);
    silent = 0;
    watch.start();
    pass(5);
    await pong();
    assert.equal(ticksUntilNoticed(), limits.mostTicks + 1);
  });

  it("has a short limit for an engine with nothing to do, which ends with the first sign of life and does not count as a measure", async () => {
    const woken = watch.wake();
    watch.start();
    assert.equal(ticksUntilNoticed(), limits.idleTicks + 1);
    silent = 0;
    watch.start();
    void watch.wake();
    pass(2);
    await pong();
    await woken;
    assert.equal(ticksUntilNoticed(), limits.mostTicks + 1);
  });

  it("tells who wakes it that the ping cannot be sent", async () => {
    watch = new SilenceWatch({ limits, every, ping: () => Promise.reject(new Error("closed")), onSilence: () => undefined });
    await assert.rejects(watch.wake(), /closed/);
    watch.start();
    pass(1);
    await settled();
  });
});
