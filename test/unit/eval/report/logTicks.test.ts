import assert from "node:assert/strict";
import fc from "fast-check";
import { logTicks } from "../../../eval/report/logTicks";

describe("the labels of a logarithmic axis", () => {
  it("are round numbers", () => {
    assert.deepEqual(logTicks(400, 1_600), [500, 700, 1_000, 1_500]);
    assert.deepEqual(logTicks(3_303, 3_785), [3_400, 3_500, 3_600, 3_700]);
  });

  it("are ascending, within the axis, at least three and not too many", () =>
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 20_000, noNaN: true }), fc.double({ min: 1.02, max: 1_000, noNaN: true }), (low, factor) => {
        const high = low * factor;
        const ticks = logTicks(low, high);
        assert.ok(ticks.length >= 3 && ticks.length <= 25, `${ticks.length}`);
        assert.ok(ticks.every((tick, at) => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9) && (at === 0 || tick > ticks[at - 1]!)));
      }),
    ));

  it("are no problem where the axis is a point", () => assert.ok(logTicks(123, 123).length <= 1));
});
