import assert from "node:assert/strict";
import fc from "fast-check";
import { UNSEEN } from "../../../src/model/graph";
import { attentionBias, positionsFrom } from "../../../src/model/passInputs";

describe("who sees whom in a pass", () => {
  it("lets clean rows see back, the block see all, and nobody's future be seen", () => {
    fc.assert(
      fc.property(fc.nat(20), fc.nat(10), fc.nat(10), (cached, clean, block) => {
        const total = cached + clean + block;
        const bias = attentionBias(cached, clean, block);
        assert.equal(bias.length, (clean + block) * total);
        for (let row = 0; row < clean + block; row++) {
          for (let at = 0; at < total; at++) {
            const sees = row < clean ? at <= cached + row : true;
            assert.equal(bias[row * total + at], sees ? 0 : Math.fround(UNSEEN));
          }
        }
      }),
    );
  });

  it("counts positions on from the cache", () => {
    assert.deepEqual([...positionsFrom(7, 3)], [7n, 8n, 9n]);
  });
});
