import assert from "node:assert/strict";
import { adaptiveDelayMs } from "../../../src/completion/adaptiveDelay";
import { MovingAverage } from "../../../src/completion/movingAverage";

describe("adaptiveDelayMs", () => {
  it("does not wait where the engine begins to answer between two keys", () => assert.equal(adaptiveDelayMs(200, 90), 0));
  it("waits for a part of the user's interval where the engine is slower", () => assert.equal(adaptiveDelayMs(150, 400), 90));
  it("elsewhere never waits longer than 150 ms, nor shorter than 10 ms", () => {
    assert.equal(adaptiveDelayMs(900, 2_000), 150);
    assert.equal(adaptiveDelayMs(5, 2_000), 10);
  });
});

describe("MovingAverage", () => {
  it("moves a quarter of the way to each value", () => {
    const mean = new MovingAverage(100);
    mean.add(200);
    assert.equal(mean.value, 125);
  });
});
