import assert from "node:assert/strict";
import fc from "fast-check";
import { decideTurn } from "../../../src/engine/decideTurn";
import { parseTurnRecord, type TurnRecord } from "../../../src/engine/turnRecord";

const MIN_TURN_MS = 5_000;
const alive = (pid: number): boolean => pid > 0;
const record: TurnRecord = { id: "b", pid: 7, claimedAtMs: 100_000 };
const decide = (nowMs: number, of: TurnRecord | undefined = record, isAlive = alive) => decideTurn("a", of, isAlive, nowMs, MIN_TURN_MS);

describe("decideTurn", () => {
  it("gives the turn at once where nobody has it, or the window has it already", () => {
    assert.deepEqual(
      decideTurn("a", undefined, () => false, 0, MIN_TURN_MS),
      { kind: "take" },
    );
    assert.deepEqual(decide(100_000, { ...record, id: "a" }), { kind: "take" });
  });
  it("lets a young turn last, and no longer", () => {
    assert.deepEqual(decide(101_000), { kind: "wait", waitMs: 4_000 });
    assert.deepEqual(decide(104_999), { kind: "wait", waitMs: 1 });
    assert.deepEqual(decide(105_000), { kind: "take" });
  });
  it("does not wait for a window that is gone, or for a clock that was set back", () => {
    assert.deepEqual(
      decide(100_001, record, (pid) => pid !== 7),
      { kind: "take" },
    );
    assert.deepEqual(decide(99_999), { kind: "take" });
  });

  /**
   * Windows that ask and die at random, a file, and news of it that comes late: the rule of `WindowTurn`, with a clock of its own.
   * @returns when each turn began and ended (the engine's end, not the claim's), and how long each that asked waited
   */
  const simulate = (events: readonly { gapMs: number; window: number; kind: "ask" | "die" }[], newsMs: number) => {
    const queue: { atMs: number; run: () => void }[] = [];
    const turns: { window: number; fromMs: number; toMs: number }[] = [];
    const dead = new Set<string>();
    const life = new Map<number, number>();
    let written: TurnRecord | undefined;
    let nowMs = 0;
    const later = (ms: number, run: () => void): void => void queue.push({ atMs: nowMs + ms, run });
    const idOf = (window: number): string => `${window}.${life.get(window) ?? 0}`;
    const pids = new Map<string, number>();
    const running = new Map<string, (typeof turns)[number]>();
    const end = (id: string): void => {
      const turn = running.get(id);
      if (turn) turn.toMs = nowMs;
      running.delete(id);
    };
    const asking = new Map<string, number>();
    const ask = (window: number, id: string): void => {
      if (dead.has(id)) return;
      const decision = decideTurn(id, written, (pid) => ![...dead].some((gone) => pids.get(gone) === pid), nowMs, MIN_TURN_MS);
      if (decision.kind === "wait") {
        assert.ok(decision.waitMs > 0 && decision.waitMs <= MIN_TURN_MS);
        return later(decision.waitMs, () => ask(window, id));
      }
      asking.delete(id);
      const loser = written?.id;
      if (!pids.has(id)) pids.set(id, pids.size + 1);
      written = { id, pid: pids.get(id)!, claimedAtMs: nowMs };
      if (!running.has(id)) {
        const turn = { window, fromMs: nowMs, toMs: Infinity };
        turns.push(turn);
        running.set(id, turn);
      }
      if (loser !== undefined && loser !== id) later(newsMs, () => written?.id !== loser && end(loser));
    };
    let atMs = 0;
    for (const { gapMs, window, kind } of events) {
      atMs += gapMs;
      queue.push({
        atMs,
        run: () => {
          const id = idOf(window);
          if (kind === "ask") {
            if (asking.has(id) || running.has(id)) return;
            asking.set(id, nowMs);
            return ask(window, id);
          }
          dead.add(id);
          end(id);
          asking.delete(id);
          life.set(window, (life.get(window) ?? 0) + 1);
        },
      });
    }
    while (queue.length > 0) {
      queue.sort((a, b) => a.atMs - b.atMs);
      const next = queue.shift()!;
      nowMs = next.atMs;
      next.run();
    }
    return { turns, asking };
  };
  const anyEvents = fc.array(
    fc.record({
      gapMs: fc.nat(3_000),
      window: fc.nat(3),
      kind: fc.constantFrom("ask" as const, "ask" as const, "ask" as const, "die" as const),
    }),
    { maxLength: 60 },
  );

  it("never lets two windows have an engine for longer than the news takes, and leaves nobody who asks waiting for good", () => {
    fc.assert(
      fc.property(anyEvents, fc.nat(200), (events, newsMs) => {
        const { turns, asking } = simulate(events, newsMs);
        for (const [index, one] of turns.entries())
          for (const other of turns.slice(index + 1)) {
            const overlapMs = Math.min(one.toMs, other.toMs) - Math.max(one.fromMs, other.fromMs);
            assert.ok(overlapMs <= newsMs, `${overlapMs} ms`);
          }
        assert.equal(asking.size, 0);
      }),
    );
  });

  it("changes places at most once in the least turn, however fast all ask", () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const { turns } = simulate(
          events.map((event) => ({ ...event, kind: "ask" as const })),
          0,
        );
        for (const [index, { fromMs }] of turns.entries()) {
          const before = turns[index - 1];
          if (before) assert.ok(fromMs - before.fromMs >= MIN_TURN_MS);
        }
      }),
    );
  });
});

describe("parseTurnRecord", () => {
  it("reads what was written", () => assert.deepEqual(parseTurnRecord(JSON.stringify(record)), record));
  it("takes for nobody's turn whatever is no record", () => {
    for (const text of [
      "",
      "{",
      "null",
      "[]",
      '{"id":1,"pid":2,"claimedAtMs":3}',
      '{"id":"a","pid":-2,"claimedAtMs":3}',
      '{"id":"a","pid":2}',
    ])
      assert.equal(parseTurnRecord(text), undefined);
    fc.assert(fc.property(fc.string(), (text) => assert.equal(parseTurnRecord(text), undefined)));
  });
});
