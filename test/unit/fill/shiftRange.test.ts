import assert from "node:assert/strict";
import fc from "fast-check";
import { shiftRange, type TextChange } from "../../../src/fill/shiftRange";

const change = (start: number, replacedChars: number, insertedChars: number): TextChange => ({ start, replacedChars, insertedChars });

describe("shiftRange", () => {
  it("moves with text that changes before it, also right before it", () => {
    assert.deepEqual(shiftRange({ start: 5, end: 8 }, change(0, 2, 3)), { start: 6, end: 9 });
    assert.deepEqual(shiftRange({ start: 5, end: 8 }, change(5, 0, 1)), { start: 6, end: 9 });
  });
  it("stays where text changes behind it", () => {
    assert.deepEqual(shiftRange({ start: 5, end: 8 }, change(8, 4, 0)), { start: 5, end: 8 });
  });
  it("is lost when its text changes", () => {
    for (const inside of [change(6, 0, 1), change(4, 2, 2), change(7, 3, 0), change(0, 20, 0)]) {
      assert.equal(shiftRange({ start: 5, end: 8 }, inside), undefined);
    }
  });
  it("is lost when text comes in at an empty range", () => {
    assert.equal(shiftRange({ start: 5, end: 5 }, change(5, 0, 1)), undefined);
    assert.deepEqual(shiftRange({ start: 5, end: 5 }, change(4, 0, 1)), { start: 6, end: 6 });
  });
  it("always holds the same text as before (1,000 random documents and changes)", () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 20 }),
        fc.string({ maxLength: 5 }),
        fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20), fc.nat(20)),
        (text, inserted, ns) => {
          const [a, b, c, d] = ns.map((n) => n % (text.length + 1)) as [number, number, number, number];
          const range = { start: Math.min(a, b), end: Math.max(a, b) };
          const [from, to] = [Math.min(c, d), Math.max(c, d)];
          const moved = shiftRange(range, change(from, to - from, inserted.length));
          if (moved === undefined) return;
          const after = text.slice(0, from) + inserted + text.slice(to);
          assert.equal(after.slice(moved.start, moved.end), text.slice(range.start, range.end));
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
