import assert from "node:assert/strict";
import { describeSoak, soakFaults } from "../../soak/describeSoak";
import { soak } from "../../soak/soak";

/** Of typing; what a fault takes to heal comes on top. */
const DURATION_MS = 18_000;

describe("a soak of some seconds: typing with the real model while its engine is killed", function () {
  this.timeout(110_000);
  const modelDirectory = process.env["UNMASK_MODEL_DIR"];
  const seed = Number(process.env["UNMASK_TEST_SEED"]) || Date.now() & 0xffff;
  before(function () {
    if (modelDirectory !== undefined) return;
    console.log("      not run: there is no real model (UNMASK_MODEL_DIR)");
    this.skip();
  });

  it(`suggests again after each kill, settles every promise and leaves no engine (seed ${seed})`, async () => {
    const result = await soak({
      ...{ modelDirectory: modelDirectory!, durationMs: DURATION_MS, keysPerSecond: 5, kills: 3, seed, sampleEveryMs: 5_000 },
    });
    console.log(describeSoak(result).replace(/^/gm, "      "));
    assert.deepEqual(soakFaults(result), []);
    assert.equal(result.faults.length, 3);
    assert.ok(result.engines > 1, "the faults killed no engine");
    assert.ok(result.suggestions > 0);
    assert.ok(
      result.samples.some(({ engineRssBytes = 0 }) => engineRssBytes > 100e6),
      "the engine's memory was never seen",
    );
  });
});
