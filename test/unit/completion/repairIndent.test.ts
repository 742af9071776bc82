import assert from "node:assert/strict";
import fc from "fast-check";
import { repairIndent } from "../../../src/completion/repairIndent";

const spelled = (text: string) => ({ text, tokens: [...text].map((one) => ({ text: one, confidence: 0.9 })) });
const repaired = (before: string, text: string, languageId = "typescript") => repairIndent(spelled(text), before, languageId).text;

describe("repairIndent", () => {
  it("takes off what the editor has set already, from each line", () => {
    assert.equal(repaired("function f() {\n  ", "  return {\n    a,\n  };"), "return {\n  a,\n};");
    assert.equal(repaired("def f():\n    ", "    return 1", "python"), "return 1");
    assert.equal(repaired("  a();\n  ", "  b();"), "b();");
    assert.equal(repaired("f(\n\t", "\ta,"), "a,");
  });
  it("leaves the indentation that is missing", () => {
    assert.equal(repaired("def f():\n", "    return 1", "python"), "    return 1");
    assert.equal(repaired("if (a) {\n", "  b();"), "  b();");
    assert.equal(repaired("f(a,\n  ", "  b)"), "  b)");
    assert.equal(repaired("class A:\n    x = 1\n\n", "    def f(self):", "python"), "    def f(self):");
  });
  it("leaves what begins in the middle of a line, on the next one, or with no blanks", () => {
    assert.equal(repaired("x =", " 1"), " 1");
    assert.equal(repaired("f() {\n  ", "\n  a();"), "\n  a();");
    assert.equal(repaired("f() {\n  ", "a();\n  b();"), "a();\n  b();");
  });
  it("takes off blanks only, as many from each line, and the tokens spell what is left (2,000 random answers)", () => {
    const text = fc.string({ unit: fc.constantFrom(..." \tab{\n".split("")), maxLength: 24 });
    const before = fc.constantFrom("f() {\n  ", "  a();\n  ", "\t", "", "x =", "f(\n    ");
    fc.assert(
      fc.property(text, before, fc.array(fc.integer({ min: 1, max: 4 })), (answer, place, lengths) => {
        const tokens: { text: string; confidence: number }[] = [];
        let at = 0;
        for (const length of [...lengths, Infinity]) {
          if (at < answer.length) tokens.push({ text: answer.slice(at, at + length), confidence: 0.5 });
          at += length;
        }
        const left = repairIndent({ text: answer, tokens }, place, "typescript");
        assert.equal(left.tokens.map((token) => token.text).join(""), left.text);
        const trimmed = (of: string) => of.split("\n").map((line) => line.trimStart()); // prettier-ignore
        assert.deepEqual(trimmed(left.text), trimmed(answer));
      }),
      { numRuns: 2_000 },
    );
  });
});
