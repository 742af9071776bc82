import assert from "node:assert/strict";
import fc from "fast-check";
import { KvCache } from "../../../src/model/kvCache";

describe("the KV cache", () => {
  it("holds, whatever is appended and forgotten, what a plain list would hold", () => {
    const action = fc.oneof(
      fc.record({ append: fc.array(fc.nat(99), { maxLength: 9 }), extra: fc.nat(3) }),
      fc.record({ truncate: fc.nat(30) }),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
        const cache = new KvCache(2, 3, 4);
        let model: { token: number; rows: number[][] }[] = [];
        let next = 0;
        for (const step of actions) {
          if ("truncate" in step) {
            cache.truncate(step.truncate);
            model = model.slice(0, step.truncate);
          } else {
            const { append, extra } = step;
            const rows = Array.from({ length: 4 }, () => Float32Array.from({ length: (append.length + extra) * 3 }, () => next++));
            cache.append(append, rows);
            model.push(
              ...append.map((token, index) => ({ token, rows: rows.map((buffer) => [...buffer.subarray(index * 3, index * 3 + 3)]) })),
            );
          }
          assert.deepEqual(cache.tokens, model.map((entry) => entry.token)); // prettier-ignore
          for (let buffer = 0; buffer < 4; buffer++)
            assert.deepEqual(
              [...cache.view(buffer)],
              model.flatMap((entry) => entry.rows[buffer]!),
            );
        }
      }),
    );
  });
});
