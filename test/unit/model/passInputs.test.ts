import assert from "node:assert/strict";
import fc from "fast-check";
import { UNSEEN } from "../../../src/model/graph";
import { attentionBias, positionsFrom } from "../../../src/model/passInputs";

describe("who sees whom in a pass", () => {
  it("lets clean rows see back, the block see all, and nobody's future be seen", () => {
    fc.assert(
      fc.property(fc.nat(20), fc.nat(10), fc.nat(10), fc.integer({ min: 1, max: 8 }), (cached, clean, block, copies) => {
        const total = cached + clean + block;
        const bias = attentionBias(cached, clean, block, copies);
        assert.equal(bias.length, (clean + block) * copies * total);
        for (let copy = 0; copy < (clean + block) * copies; copy++) {
          const row = Math.floor(copy / copies);
          for (let at = 0; at < total; at++) {
            const sees = row < clean ? at <= cached + row : true;
            assert.equal(bias[copy * total + at], sees ? 0 : Math.fround(UNSEEN));
          }
        }
      }),
    );
  });

  it("counts positions on from the cache", () => {
    assert.deepEqual([...positionsFrom(7, 3)], [7n, 8n, 9n]);
  });
});
