import assert from "node:assert/strict";
import fc from "fast-check";
import { copiedDefinition } from "../../../src/context/copiedDefinition";
import { definitions } from "../../../src/context/definitions";
import { enclosingDefinition } from "../../../src/context/enclosingDefinition";
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

describe("the definition that was copied from", () => {
  const text = "import x\n\n# what it does\n@cached\ndef first_one(a):\n    return a\n\ndef second(b):\n    return b\n";
  const copied = (from: string, to: string): string | undefined =>
    copiedDefinition(text, definitions(text), text.indexOf(from), text.indexOf(to) + to.length);

  it("is the one around the range's first code, behind comments and decorators", () => {
    assert.equal(copied("def first_one", "return a\n"), "first_one");
    assert.equal(copied("turn a", "turn a"), "first_one");
    assert.equal(copied("# what", "return a"), "first_one");
    assert.equal(copied("\n# what", "return b"), "first_one");
    assert.equal(copied("    return b", "return b"), "second");
    assert.equal(copied("import x", "return b"), undefined);
    assert.equal(copied("# what", "# what"), undefined);
  });

  it("is one of the text's, or none, whatever is copied", () => {
    const line = fc.constantFrom("def name_one():", "    body()", "", "# note", "class Second:", "\t@x", "}");
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), fc.nat(300), fc.nat(300), (lines, from, length) => {
        const text = lines.join("\n");
        const found = definitions(text);
        const name = copiedDefinition(text, found, Math.min(from, text.length), Math.min(from + length, text.length));
        assert.ok(name === undefined || found.has(name));
      }),
    );
  });
});
