import assert from "node:assert/strict";
import { SleepTimer, type SleepLimits } from "../../../src/ui/sleepTimer";

describe("SleepTimer", () => {
  const limits: SleepLimits = { unusedMs: 600, unfocusedMs: 300 };
  let nowMs: number;
  let alarm: { atMs: number; run: () => void } | undefined;
  let alarmsSet: number;
  let sleptAtMs: number[];
  let timer: SleepTimer;
  beforeEach(() => {
    nowMs = 0;
    alarm = undefined;
    alarmsSet = 0;
    sleptAtMs = [];
    timer = new SleepTimer({
      limits,
      nowMs: () => nowMs,
      after: (ms, run) => {
        assert.equal(alarm, undefined, "one timer at most");
        alarmsSet += 1;
        const mine = (alarm = { atMs: nowMs + ms, run });
        return () => {
          if (alarm === mine) alarm = undefined;
        };
      },
      sleep: () => {
        sleptAtMs.push(nowMs);
        timer.gone();
      },
    });
  });
  const until = (ms: number): void => {
    while (alarm && alarm.atMs <= ms) {
      const { atMs, run } = alarm;
      alarm = undefined;
      nowMs = atMs;
      run();
    }
    nowMs = ms;
  };

  it("has no timer while there is no engine, whatever the focus does", () => {
    timer.focus(false);
    timer.focus(true);
    assert.equal(alarmsSet, 0);
  });

  it("lets an engine that has loaded sleep when it was not used for so long, focus or not", () => {
    timer.rest();
    until(10_000);
    assert.deepEqual(sleptAtMs, [600]);
    assert.equal(alarm, undefined);
  });

  it("counts from the last answer, without a new timer for each", () => {
    timer.rest();
    for (let atMs = 10; atMs <= 500; atMs += 10) {
      until(atMs);
      timer.begin();
      timer.rest();
    }
    assert.equal(alarmsSet, 1);
    until(10_000);
    assert.deepEqual(sleptAtMs, [1_100]);
  });

  it("never lets it sleep while it answers, however long that takes", () => {
    timer.rest();
    timer.begin();
    until(5_000);
    assert.deepEqual(sleptAtMs, []);
    timer.rest();
    until(10_000);
    assert.deepEqual(sleptAtMs, [5_600]);
  });

  it("lets it sleep sooner without focus", () => {
    timer.rest();
    until(100);
    timer.focus(false);
    until(10_000);
    assert.deepEqual(sleptAtMs, [400]);
  });

  it("does not let it sleep later because the focus went", () => {
    timer.rest();
    until(590);
    timer.focus(false);
    until(10_000);
    assert.deepEqual(sleptAtMs, [600]);
  });

  it("does not count the time without focus once it is back", () => {
    timer.rest();
    until(100);
    timer.focus(false);
    until(399);
    timer.focus(true);
    until(10_000);
    assert.deepEqual(sleptAtMs, [600]);
  });

  it("begins anew with an engine that was ended and started again", () => {
    timer.rest();
    until(500);
    timer.gone();
    assert.equal(alarm, undefined);
    timer.rest();
    until(10_000);
    assert.deepEqual(sleptAtMs, [1_100]);
  });
});
