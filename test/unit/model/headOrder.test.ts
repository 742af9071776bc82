import assert from "node:assert/strict";
import { groupMinorOrder, takeColumns, takeRows, unpermutedOrder } from "../../../src/model/headOrder";

describe("the order of query heads", () => {
  it("lays the heads that share a key head evenly apart", () => {
    // 6 heads, 2 groups, heads of 1: file 0 1 2 | 3 4 5
    assert.deepEqual([...groupMinorOrder(6, 2, 1)], [0, 3, 1, 4, 2, 5]);
    assert.deepEqual([...groupMinorOrder(4, 2, 2)], [0, 1, 4, 5, 2, 3, 6, 7]);
  });

  it("names each row once", () => {
    for (const [heads, groups, size] of [
      [14, 2, 64],
      [8, 8, 4],
      [4, 1, 6],
    ] as const) {
      const sorted = [...groupMinorOrder(heads, groups, size)].sort((a, b) => a - b);
      assert.deepEqual(
        sorted,
        Array.from({ length: heads * size }, (_, i) => i),
      );
    }
  });

  it("undoes llama.cpp's permutation", () => {
    // llama.cpp: reshape(heads, 2, D/2).swapaxes(1, 2), so halves 0 1 2 | 3 4 5 become 0 3 1 4 2 5
    const rows = Float32Array.of(0, 3, 1, 4, 2, 5);
    assert.deepEqual([...takeRows(rows, unpermutedOrder(1, 6), 1)], [0, 1, 2, 3, 4, 5]);
  });

  it("takes columns as it takes rows", () => {
    const order = groupMinorOrder(4, 2, 1);
    assert.deepEqual([...takeRows(Float32Array.of(10, 11, 20, 21, 30, 31, 40, 41), order, 2)], [10, 11, 30, 31, 20, 21, 40, 41]);
    assert.deepEqual([...takeColumns(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), order)], [1, 3, 2, 4, 5, 7, 6, 8]);
  });
});
