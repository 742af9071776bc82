import assert from "node:assert/strict";
import fc from "fast-check";
import { chooseRelated } from "../../../../src/context/chooseRelated";
import { declaredAt } from "../../../../src/context/declarations/declaredAt";
import { definitions } from "../../../../src/context/definitions";
import { TextIndex } from "../../../../src/context/textIndex";

const JAVA = "class Shop {\n  int priceOf(Item item) {\n    return item.cents;\n  }\n}\n";

describe("a line that a language server named", () => {
  it("is a definition where the rule of the text finds none there", () => {
    const found = definitions(JAVA);
    assert.equal(found.has("priceOf"), false);
    assert.deepEqual(declaredAt(found, JAVA, "priceOf", 1).get("priceOf"), [13]);
    assert.deepEqual([...declaredAt(found, JAVA, "priceOf", 1).keys()], ["Shop", "priceOf"]);
  });

  it("is which of several is meant", () => {
    const text = "class A:\n    def run_it(self): pass\nclass B:\n    def run_it(self): pass\n\nrun_it = A.run_it\n";
    const found = definitions(text);
    assert.equal(declaredAt(found, text, "run_it", 3), found);
    assert.deepEqual(declaredAt(found, text, "run_it", 5).get("run_it"), [text.lastIndexOf("run_it = ")]);
  });

  it("says nothing where it does not hold the name, or is not there", () => {
    const found = definitions(JAVA);
    for (const line of [0, 2, 5, 6, 1_000]) assert.equal(declaredAt(found, JAVA, "priceOf", line), found);
    assert.equal(declaredAt(found, JAVA, "price", 1), found);
  });

  it("is a line's beginning, and leaves every other name as it was", () => {
    const lines = fc.array(fc.constantFrom("def name_one():", "name_two = 1", "  name_one()", ""), { maxLength: 20 });
    fc.assert(
      fc.property(lines, fc.constantFrom("name_one", "name_two"), fc.nat(25), (all, name, line) => {
        const text = all.join("\n");
        const found = definitions(text);
        const declared = declaredAt(found, text, name, line);
        for (const [other, places] of found) if (other !== name) assert.deepEqual(declared.get(other), places);
        if (all[line]?.includes(name) !== true) return assert.equal(declared, found);
        const start = all.slice(0, line).join("\n").length + (line > 0 ? 1 : 0);
        assert.ok(declared.get(name)!.includes(start));
        assert.ok(text.slice(start).startsWith(all[line]));
      }),
    );
  });

  it("is in the index until the file's text is another, and is chosen from it", () => {
    const index = new TextIndex();
    index.put("b", "1", "Shop.java", JAVA);
    index.declare("b", "priceOf", 1);
    index.declare("gone", "priceOf", 1);
    assert.deepEqual([index.versionOf("b"), index.versionOf("gone"), index.size], ["1", undefined, 1]);
    const file = { ...index.get("b")!, source: "declared" as const };
    const [piece] = chooseRelated({ before: "total += shop.priceOf(", after: "" }, new Map(), [file]);
    assert.deepEqual([piece!.source, piece!.text], ["declared", "  int priceOf(Item item) {\n    return item.cents;\n  }\n"]);
    index.put("b", "2", "Shop.java", JAVA);
    assert.equal(index.get("b")!.definitions.has("priceOf"), false);
    assert.equal(index.heldChars, JAVA.length);
  });
});
