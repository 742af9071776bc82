import assert from "node:assert/strict";
import fc from "fast-check";
import { definitions } from "../../../src/context/definitions";
import { enclosingDefinition } from "../../../src/context/enclosingDefinition";
import { RecentEdits } from "../../../src/context/recentEdits";
import { MOST_FILE_CHARS, TextIndex } from "../../../src/context/textIndex";

describe("the index of texts", () => {
  it("knows a text's definitions by its version", () => {
    const index = new TextIndex();
    index.put("a", "1", "a.py", "def name_one(): pass\n");
    assert.deepEqual([index.has("a", "1"), index.has("a", "2"), index.has("b", "1")], [true, false, false]);
    assert.deepEqual([...index.get("a")!.definitions.keys()], ["name_one"]);
    index.put("a", "2", "a.py", "def name_two(): pass\n");
    assert.deepEqual([...index.get("a")!.definitions.keys()], ["name_two"]);
    assert.deepEqual([index.size, index.heldChars], [1, 21]);
  });

  it("keeps nothing of a text that is too large, nor what it held of that file", () => {
    const index = new TextIndex();
    index.put("a", "1", "a.py", "x");
    assert.equal(index.put("a", "2", "a.py", "x".repeat(MOST_FILE_CHARS + 1)), undefined);
    assert.deepEqual([index.get("a"), index.heldChars], [undefined, 0]);
  });

  it("is bounded, and loses what was not asked for the longest", () => {
    const index = new TextIndex();
    const large = "x".repeat(MOST_FILE_CHARS);
    for (let file = 0; file < 100; file++) {
      index.put(String(file), "1", "a", large);
      index.get("0");
    }
    assert.ok(index.heldChars <= 1_000_000 && index.size <= 40);
    assert.ok(index.get("0") !== undefined && index.get("99") !== undefined);
    assert.equal(index.get("1"), undefined);
  });

  it("counts what it holds, whatever is put in and taken out", () => {
    const step = fc.tuple(fc.constantFrom("a", "b", "c"), fc.option(fc.nat(50), { nil: undefined }));
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const index = new TextIndex();
        const held = new Map<string, number>();
        for (const [id, length] of steps) {
          if (length === undefined) index.delete(id);
          else index.put(id, "1", id, "x".repeat(length));
          if (length === undefined) held.delete(id);
          else held.set(id, length);
        }
        assert.equal(index.heldChars, [...held.values()].reduce((sum, length) => sum + length, 0)); // prettier-ignore
        assert.equal(index.size, held.size);
      }),
    );
  });
});

describe("the definition around a place", () => {
  const text =
    "import x\n\nclass Outer:\n    def inner_one(self):\n        return 1\n\n    def inner_two(self):\n        return 2\n\nlast = 3\n";
  const around = (mark: string): string | undefined => enclosingDefinition(text, definitions(text), text.indexOf(mark));

  it("is the innermost whose lines hold it", () => {
    assert.equal(around("return 1"), "inner_one");
    assert.equal(around("return 2"), "inner_two");
    assert.equal(around("class Outer"), "Outer");
    assert.equal(around("import"), undefined);
    assert.equal(around("last"), undefined);
  });
});

describe("recent edits", () => {
  it("are known for some minutes, the last first, each definition once", () => {
    const edits = new RecentEdits();
    edits.note("a", "one", 0);
    edits.note("a", "two", 1_000);
    edits.note("b", "three", 2_000);
    edits.note("a", "one", 3_000);
    assert.deepEqual(edits.namesIn("a", 4_000), ["one", "two"]);
    assert.deepEqual(edits.namesIn("a", 302_000), ["one"]);
    assert.deepEqual(edits.namesIn("a", 400_000), []);
    assert.deepEqual(edits.namesIn("c", 4_000), []);
  });

  it("are bounded", () => {
    const edits = new RecentEdits();
    for (let index = 0; index < 100; index++) edits.note("a", `name${index}`, 0);
    assert.equal(edits.namesIn("a", 0).length, 16);
    assert.equal(edits.namesIn("a", 0)[0], "name99");
  });
});
