import assert from "node:assert/strict";
import fc from "fast-check";
import { afterDeath, type RestartLimits } from "../../../src/engine/restartPolicy";

describe("afterDeath", () => {
  const limits: RestartLimits = { maxDeaths: 3, windowMs: 1_000, firstDelayMs: 100 };

  it("restarts after the first death, and waits longer after each further one", () => {
    const first = afterDeath([], 0, limits);
    assert.deepEqual(first, { deathsMs: [0], decision: { kind: "restart", delayMs: 100 } });
    const second = afterDeath(first.deathsMs, 500, limits);
    assert.deepEqual(second, { deathsMs: [0, 500], decision: { kind: "restart", delayMs: 400 } });
  });

  it("stays down after the last death that is allowed", () => {
    assert.deepEqual(afterDeath([0, 500], 999, limits).decision, { kind: "stayDown", times: 3 });
  });

  it("forgets deaths that are a window old", () => {
    assert.deepEqual(afterDeath([0, 500], 1_000, limits), { deathsMs: [500, 1_000], decision: { kind: "restart", delayMs: 400 } });
  });

  it("stays down exactly where so many deaths lie within the window", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(700), { minLength: 1, maxLength: 12 }), (gapsMs) => {
        let deathsMs: readonly number[] = [];
        let nowMs = 0;
        const all: number[] = [];
        for (const gapMs of gapsMs) {
          nowMs += gapMs;
          all.push(nowMs);
          const result = afterDeath(deathsMs, nowMs, limits);
          const within = all.filter((atMs) => nowMs - atMs < limits.windowMs).length;
          assert.equal(result.decision.kind === "stayDown", within >= limits.maxDeaths);
          deathsMs = result.deathsMs;
        }
      }),
    );
  });
});
