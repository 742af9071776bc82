import assert from "node:assert/strict";
import fc from "fast-check";
import { Snooze } from "../../../src/ui/snooze";
import { snoozeWords } from "../../../src/ui/snoozeWords";

const MINUTE_MS = 60_000;

describe("Snooze", () => {
  let nowMs: number;
  let alarm: { atMs: number; run: () => void } | undefined;
  let changes: number;
  let snooze: Snooze;
  beforeEach(() => {
    nowMs = 1_000_000;
    alarm = undefined;
    changes = 0;
    snooze = new Snooze({
      nowMs: () => nowMs,
      after: (ms, run) => {
        assert.equal(alarm, undefined, "one timer at most");
        const mine = (alarm = { atMs: nowMs + ms, run });
        return () => {
          if (alarm === mine) alarm = undefined;
        };
      },
      onChange: () => changes++,
    });
  });
  const until = (ms: number): void => {
    while (alarm !== undefined && alarm.atMs <= ms) {
      const { atMs, run } = alarm;
      alarm = undefined;
      nowMs = Math.max(nowMs, atMs);
      run();
    }
    nowMs = ms;
  };

  it("is awake, without a timer, and says nothing when it is waked", () => {
    snooze.wake();
    assert.deepEqual([snooze.end, alarm, changes], [undefined, undefined, 0]);
  });

  it("ends by itself when its time is up, and not before", () => {
    const endMs = nowMs + 15 * MINUTE_MS;
    snooze.begin(15 * MINUTE_MS);
    assert.deepEqual(snooze.end, { kind: "at", atMs: endMs });
    until(endMs - 1);
    assert.deepEqual(snooze.end, { kind: "at", atMs: endMs });
    assert.equal(changes, 1);
    until(endMs);
    assert.deepEqual([snooze.end, alarm, changes], [undefined, undefined, 2]);
  });

  it("is over where the machine slept past its end, before its timer comes; and the timer says so soon", () => {
    snooze.begin(5 * MINUTE_MS);
    nowMs += 60 * MINUTE_MS;
    assert.equal(snooze.end, undefined);
    alarm!.run();
    assert.equal(changes, 2);
  });

  it("has no timer where it lasts until the window closes, and is waked by hand", () => {
    snooze.begin(undefined);
    assert.deepEqual([snooze.end, alarm], [{ kind: "windowCloses" }, undefined]);
    snooze.wake();
    assert.deepEqual([snooze.end, changes], [undefined, 2]);
  });

  it("goes by what was chosen last", () => {
    snooze.begin(60 * MINUTE_MS);
    snooze.begin(undefined);
    snooze.begin(5 * MINUTE_MS);
    until(nowMs + 5 * MINUTE_MS);
    assert.deepEqual([snooze.end, alarm, changes], [undefined, undefined, 4]);
  });

  it("leaves no timer when it is disposed of", () => {
    snooze.begin(5 * MINUTE_MS);
    snooze.dispose();
    assert.deepEqual([snooze.end, alarm, changes], [undefined, undefined, 1]);
  });

  it("lasts as long as was asked, to the millisecond, for any time", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 * 60 * MINUTE_MS }), (forMs) => {
        const startMs = nowMs;
        snooze.begin(forMs);
        until(startMs + forMs - 1);
        assert.notEqual(snooze.end, undefined);
        until(startMs + forMs);
        assert.equal(alarm, undefined);
        assert.equal(snooze.end, undefined);
      }),
    );
  });
});

describe("snoozeWords", () => {
  it("tell the time on the user's clock", () => {
    assert.equal(snoozeWords({ kind: "at", atMs: new Date(2026, 10, 27, 14, 5).getTime() }), "snoozed until 14:05");
    assert.equal(snoozeWords({ kind: "at", atMs: new Date(2026, 10, 27, 0, 0).getTime() }), "snoozed until 00:00");
    assert.equal(snoozeWords({ kind: "windowCloses" }), "snoozed until the window closes");
  });
});
