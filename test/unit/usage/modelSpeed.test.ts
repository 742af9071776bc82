import assert from "node:assert/strict";
import fc from "fast-check";
import { KeptSpeed } from "../../../src/usage/keptSpeed";
import { addToSpeed, readSpeed, type ModelSpeed } from "../../../src/usage/modelSpeed";

const fail = (error: unknown): never => assert.fail(String(error));
const times = (denoiseMs: number) => ({ queuedMs: 0, prefillMs: 0, denoiseMs, totalMs: denoiseMs });

describe("addToSpeed", () => {
  it("is the mean of the first answers, then follows", () => {
    let speed: ModelSpeed | undefined;
    for (const ms of [100, 200]) speed = addToSpeed(speed, 10, ms);
    assert.deepEqual(speed, { tokensPerSecond: 75, count: 2 });
    for (let i = 0; i < 200; i++) speed = addToSpeed(speed, 10, 500);
    assert.ok(Math.abs(speed!.tokensPerSecond - 20) < 1);
  });
  it("learns nothing of a short answer, or of one that took no time", () => {
    assert.equal(addToSpeed(undefined, 3, 100), undefined);
    assert.equal(addToSpeed(undefined, 30, 0), undefined);
  });
  it("lies between the slowest and the quickest answer (1,000 random ones)", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 4, max: 200 }), fc.integer({ min: 1, max: 5_000 })), { minLength: 1 }), (answers) => {
        const all = answers.map(([tokens, ms]) => (1_000 * tokens) / ms);
        const speed = answers.reduce<ModelSpeed | undefined>((sum, [tokens, ms]) => addToSpeed(sum, tokens, ms), undefined)!;
        assert.ok(speed.tokensPerSecond >= Math.min(...all) - 1e-6 && speed.tokensPerSecond <= Math.max(...all) + 1e-6);
        assert.deepEqual(readSpeed(JSON.parse(JSON.stringify(speed))), speed);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("KeptSpeed", () => {
  it("is there again in the next window, and takes nothing from what is not its own", () => {
    const kept = new Map<string, unknown>();
    const state = {
      get: <T>(key: string) => kept.get(key) as T,
      update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)),
    };
    const first = new KeptSpeed(state, fail);
    first.add({ model: "m", writtenTokens: 20, times: times(500) });
    assert.deepEqual(new KeptSpeed(state as never, fail).of("m"), { tokensPerSecond: 40, count: 1 });
    assert.equal(first.of("other"), undefined);
    for (const broken of [null, 3, { tokensPerSecond: -1, count: 2 }, { tokensPerSecond: 1, count: 0.5 }]) {
      kept.set("unmask.speed.m", broken);
      assert.equal(new KeptSpeed(state as never, fail).of("m"), undefined);
    }
  });
});
