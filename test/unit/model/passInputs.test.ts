import assert from "node:assert/strict";
import fc from "fast-check";
import { UNSEEN } from "../../../src/model/graph";
import { attentionBias, positionsOf, wantedRows } from "../../../src/model/passInputs";

const tokens = (maxLength: number) => fc.array(fc.nat(99), { maxLength });
/** Some of five branches, in any order. */
const arbitraryPasses = fc
  .uniqueArray(fc.record({ branch: fc.nat(4), clean: tokens(5), block: tokens(4), rows: fc.constant([]) }), {
    selector: ({ branch }) => branch,
    maxLength: 4,
  })
  .map((passes) => passes.filter(({ clean, block }) => clean.length + block.length > 0));
/** Rows that earlier passes kept, of branches that ride in this pass and of others. */
const arbitraryKept = fc.array(fc.nat(4), { maxLength: 8 });

/** What stands at a position of a pass. */
type Position =
  { readonly kind: "cached" } | { readonly kind: "kept" | "clean" | "block"; readonly branch: number; readonly index: number };

describe("who sees whom in a pass", () => {
  it("lets clean rows see back, the block see all, nobody's future be seen, and no other branch", () => {
    fc.assert(
      fc.property(fc.nat(20), arbitraryKept, arbitraryPasses, fc.integer({ min: 1, max: 8 }), (cached, kept, passes, copies) => {
        const rows = passes.flatMap(({ branch, clean, block }): Position[] => [
          ...clean.map((_, index) => ({ kind: "clean" as const, branch, index })),
          ...block.map((_, index) => ({ kind: "block" as const, branch, index })),
        ]);
        const all: Position[] = [
          ...Array.from({ length: cached }, () => ({ kind: "cached" as const })),
          ...kept.map((branch, index) => ({ kind: "kept" as const, branch, index })),
          ...rows,
        ];
        const sees = (row: Position, at: Position): boolean => {
          if (at.kind === "cached" || row.kind === "cached") return true;
          if (at.branch !== row.branch) return false;
          if (at.kind === "kept" || row.kind === "block") return true;
          return at.kind === "clean" && at.index <= row.index;
        };
        const bias = attentionBias(cached, kept, passes, copies);
        assert.equal(bias.length, rows.length * copies * all.length);
        const expected = rows.flatMap((row) =>
          Array.from({ length: copies }, () => all.map((at) => (sees(row, at) ? 0 : Math.fround(UNSEEN)))).flat(),
        );
        assert.deepEqual([...bias], expected);
      }),
    );
  });

  it("counts each branch's positions on from the cache and what the branch has kept", () => {
    const passes = [
      { branch: 1, clean: [5, 6], block: [9], rows: [] },
      { branch: 0, clean: [7], block: [], rows: [] },
    ];
    assert.deepEqual([...positionsOf(7, [], passes)], [7n, 8n, 9n, 7n]);
    assert.deepEqual([...positionsOf(7, [0, 1, 2, 0], passes)], [8n, 9n, 10n, 9n]);
  });

  it("finds each branch's wanted rows among all", () => {
    const passes = [
      { branch: 1, clean: [5, 6], block: [9], rows: [1, 2] },
      { branch: 0, clean: [7], block: [], rows: [] },
      { branch: 2, clean: [7], block: [8], rows: [0] },
    ];
    assert.deepEqual(wantedRows(passes), [1, 2, 4]);
  });
});
