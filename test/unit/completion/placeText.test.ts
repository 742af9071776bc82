import assert from "node:assert/strict";
import fc from "fast-check";
import { isSubsequence, isVisible } from "../../../src/completion/isVisible";
import { placeText } from "../../../src/completion/placeText";
import { drawn } from "./drawn";

const sure = (text: string) => ({ text, sureness: 0.9, certainChars: text.length });

/** The line after the item is accepted, or the reason for none. */
const accepted = (line: string, text: string, fits: boolean, addedClosers = 0): string => {
  const { before, after } = drawn(line);
  const item = placeText({ ...sure(text), addedClosers }, fits, { lineBefore: before, lineAfter: after }, undefined, "engine");
  return item.kind === "none"
    ? item.reason
    : before.slice(0, before.length - item.replaceBefore) + item.insertText + after.slice(item.replaceAfter);
};

describe("placeText", () => {
  it("inserts at the cursor what fits", () => assert.equal(accepted("f(│);", "a, b", true), "f(a, b);"));
  it("writes over the closers that the answer repeats", () => assert.equal(accepted("f(│);", "a, g(b));", false), "f(a, g(b));"));
  it("writes over the closer that the editor added while the answer was typed", () => {
    assert.equal(accepted("f(g(│))", "a)", true, 1), "f(g(a))");
  });
  it("sets an answer that is whole in itself before closers, though the model would have ended the line otherwise", () => {
    assert.equal(accepted("f(│)", '"x"', false), 'f("x")');
    assert.equal(accepted('f("│");', "x", false), 'f("x");');
  });
  it("writes over closers only what closes the same", () => {
    assert.equal(accepted("f(│)", "a) + b", false), "f(a) + b");
    assert.equal(accepted("f(│)", "g(a)", false), "f(g(a))");
    assert.equal(accepted('f("│")', 'x" + y)', false), 'f("x" + y)');
  });
  it("does not offer a misfit that would leave brackets or quotes open, or stand before more than closers", () => {
    assert.equal(accepted("f(│);", "g(a", false), "doesNotFit");
    assert.equal(accepted("f(│)", "a) + g(b", false), "doesNotFit");
    assert.equal(accepted("f(│);", "a) b", false), "doesNotFit");
    assert.equal(accepted('f("│")', 'x" + y', false), "doesNotFit");
    assert.equal(accepted("f(│ + 1)", "a", false), "doesNotFit");
    assert.equal(accepted("f(│);", "a,\n  b);", false), "doesNotFit");
  });
  it("does not offer what is there already", () => assert.equal(accepted("f(│)", ")", false), "notVisible"));
  it("leaves blanks at the line's end alone", () => assert.equal(accepted("x = │  ", "1;", true), "x = 1;  "));

  it("extends the suggest widget's selected item over its range", () => {
    const item = placeText(
      { ...sure("(a)"), addedClosers: 0 },
      true,
      { lineBefore: "x.fo", lineAfter: "" },
      { text: "forEach", replaceBefore: 2, replaceAfter: 0 },
      "engine",
    );
    const expected = { insertText: "forEach(a)", replaceBefore: 2, replaceAfter: 0, sureness: 0.9, certainChars: 10 };
    assert.deepEqual(item, { kind: "suggestion", ...expected, source: "engine" });
  });
  it("offers nothing where the selected item spells the typed text otherwise", () => {
    const selected = { text: "String", replaceBefore: 3, replaceAfter: 0 };
    const item = placeText({ ...sure("()"), addedClosers: 0 }, true, { lineBefore: "str", lineAfter: "" }, selected, "engine");
    assert.deepEqual(item, { kind: "none", reason: "notVisible" });
  });

  const code = fc.string({ unit: fc.constantFrom(..."ab(){}[];, \t\n\uD83D\uDE00é".split("")), maxLength: 12 });
  const line = code.map((text) => text.replaceAll("\n", ""));

  it("offers only what VS Code shows, and accepting it equals typing it (10,000 random lines and answers)", () => {
    fc.assert(
      fc.property(line, line, code, fc.boolean(), (lineBefore, lineAfter, text, fits) => {
        const item = placeText({ ...sure(text), addedClosers: 0 }, fits, { lineBefore, lineAfter }, undefined, "engine");
        if (item.kind === "none") return;
        const replaced = lineAfter.slice(0, item.replaceAfter);
        assert.ok(isVisible(item.insertText, "", replaced));
        // What the range covers of the line's end comes again in the answer: no character of the document is lost.
        assert.ok(isSubsequence(replaced, item.insertText));
        assert.equal(item.insertText, text);
        assert.ok(item.replaceAfter === 0 || item.replaceAfter === lineAfter.trimEnd().length);
      }),
      { numRuns: 10_000 },
    );
  });
});

describe("isVisible", () => {
  it("holds VS Code's three rules", () => {
    assert.equal(isVisible("abc", "ab", ""), true);
    assert.equal(isVisible("abc", "b", ""), false);
    assert.equal(isVisible("a)b]", "a", ")]"), true);
    assert.equal(isVisible("a]b)", "a", ")]"), false);
    assert.equal(isVisible("a\nb", "a\n", ""), false);
    assert.equal(isVisible("ab", "a", "b"), false);
  });
});
