import assert from "node:assert/strict";
import fc from "fast-check";
import { FoundFiles } from "../../../../src/context/project/foundFiles";

describe("files that a search found for a document", () => {
  it("stay, what was found last first, and are news once", () => {
    const files = new FoundFiles();
    assert.equal(files.note("main", ["a", "b"]), true);
    assert.equal(files.note("main", ["b"]), false);
    assert.equal(files.note("main", ["b", "c"]), true);
    assert.deepEqual(files.of("main"), ["b", "c", "a"]);
    assert.deepEqual(files.of("other"), []);
    files.clear();
    assert.deepEqual(files.of("main"), []);
  });

  it("are at most six, each once, and of the last eight documents, whatever is found", () => {
    const ids = fc.array(fc.constantFrom(..."abcdefghij"), { maxLength: 10 });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(11), ids), { maxLength: 40 }), (steps) => {
        const files = new FoundFiles();
        for (const [document, found] of steps) {
          const before = files.of(String(document));
          const isNew = files.note(String(document), found);
          const wanted = [...new Set(found)].slice(0, 6);
          assert.equal(
            isNew,
            wanted.some((id) => !before.includes(id)),
          );
          // What is found again is no news: a look that finds the same ends there.
          assert.equal(files.note(String(document), found), false);
          const after = files.of(String(document));
          assert.ok(after.length <= 6 && new Set(after).size === after.length);
          if (!isNew) assert.deepEqual(after, before);
        }
        const kept = Array.from({ length: 12 }, (_, document) => files.of(String(document))).filter((of) => of.length > 0);
        assert.ok(kept.length <= 8);
      }),
      { numRuns: 1_000 },
    );
  });
});
