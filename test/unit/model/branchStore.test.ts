import assert from "node:assert/strict";
import fc from "fast-check";
import { BranchStore } from "../../../src/model/branchStore";
import { KvCache } from "../../../src/model/kvCache";

const LAYERS = 2;
const ROW_SIZE = 3;
const BRANCHES = 3;

const tokens = (maxLength: number) => fc.array(fc.nat(99), { maxLength });
const arbitraryPass = fc.uniqueArray(
  fc.record({ branch: fc.nat(BRANCHES - 1), clean: tokens(5), block: tokens(3), rows: fc.constant([]) }),
  { selector: ({ branch }) => branch, minLength: 1, maxLength: BRANCHES },
);
const arbitraryAction = fc.oneof(fc.record({ passes: arbitraryPass }), fc.record({ branch: fc.nat(BRANCHES - 1), truncate: fc.nat(12) }));

describe("the rows of branches behind the KV cache", () => {
  it("are, whatever is kept and forgotten, those of a plain list for each branch, and leave the cache as it is", () => {
    fc.assert(
      fc.property(tokens(6), fc.array(arbitraryAction, { maxLength: 20 }), (cached, actions) => {
        let next = 0;
        const fresh = (count: number) =>
          Array.from({ length: 2 * LAYERS }, () => Float32Array.from({ length: count * ROW_SIZE }, () => next++));
        const rowOf = (buffer: Float32Array, row: number) => [...buffer.subarray(row * ROW_SIZE, (row + 1) * ROW_SIZE)];
        const cache = new KvCache(LAYERS, ROW_SIZE, 4);
        cache.append(cached, fresh(cached.length));
        const before = Array.from({ length: 2 * LAYERS }, (_, index) => [...cache.view(index)]);
        const store = new BranchStore(cache);
        /** of each branch, its rows: one list of numbers for each buffer */
        const plain: number[][][][] = Array.from({ length: BRANCHES }, () => []);
        for (const action of actions) {
          if ("passes" in action) {
            const added = fresh(action.passes.reduce((sum, { clean, block }) => sum + clean.length + block.length, 0));
            store.append(action.passes, added);
            let row = 0;
            for (const { branch, clean, block } of action.passes) {
              for (const index of clean.keys()) plain[branch]!.push(added.map((buffer) => rowOf(buffer, row + index)));
              row += clean.length + block.length;
            }
          } else {
            store.truncate(action.branch, action.truncate);
            plain[action.branch] = plain[action.branch]!.slice(0, action.truncate);
          }
          for (let index = 0; index < 2 * LAYERS; index++) {
            const view = cache.view(index, store.owners.length);
            assert.deepEqual([...cache.view(index)], before[index]);
            for (const [branch, rows] of plain.entries()) {
              const own = [...store.owners.entries()].filter(([, owner]) => owner === branch);
              assert.deepEqual(
                own.map(([at]) => rowOf(view, cached.length + at)),
                rows.map((buffers) => buffers[index]),
              );
            }
          }
        }
        assert.deepEqual(cache.tokens, cached);
      }),
    );
  });
});
