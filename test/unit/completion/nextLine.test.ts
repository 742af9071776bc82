import assert from "node:assert/strict";
import fc from "fast-check";
import { nextLine } from "../../../src/completion/nextLine";
import type { CursorSyntax } from "../../../src/region/cursorSyntax";
import { query } from "./fakeBackend";

const after = (text: string, languageId = "typescript") => nextLine(query(text, { languageId }))?.before;

describe("nextLine", () => {
  it("is where the line ended with Enter leaves the cursor", () => {
    assert.equal(after("function f() {\n  a();│\n}\n"), "function f() {\n  a();\n  ");
    assert.equal(after("a = 1│", "python"), "a = 1\n");
  });
  it("is deeper behind an open bracket, and behind Python's colon, by the text's own indentation", () => {
    assert.equal(after("class A {\n\tf() {│\n"), "class A {\n\tf() {\n\t\t");
    assert.equal(after("/**\n * x\n */\n  a();\nf(│\n"), "/**\n * x\n */\n  a();\nf(\n  ");
    assert.equal(after("if a:│", "python"), "if a:\n    ");
    assert.equal(after("case 1:│"), "case 1:\n");
  });
  it("is deeper by what the editor says that it indents by, whatever the text has", () => {
    for (const indentUnit of ["\t", "   "]) {
      assert.equal(nextLine(query("f() {│\n", { indentUnit }))?.before, `f() {\n${indentUnit}`);
      assert.equal(nextLine(query("  a();\nf() {│\n", { indentUnit }))?.before, `  a();\nf() {\n${indentUnit}`);
    }
  });
  it("is none where Enter would part the line, and in an empty one", () => {
    assert.equal(after("f(│)"), undefined);
    assert.equal(after("  │\n"), undefined);
    assert.equal(after("a│  \n"), undefined);
  });
  it("is in the string or the comment that the line's end is in, and knows no more of the syntax", () => {
    const inside = (syntax?: CursorSyntax) => nextLine(query("a {│\n", { syntax }))?.syntax;
    assert.deepEqual(inside({ inside: "string", body: { empty: true } }), { inside: "string" });
    assert.deepEqual(inside({ inside: "comment" }), { inside: "comment" });
    assert.equal(inside({ inside: "code", body: { empty: true } }), undefined);
    assert.equal(inside(undefined), undefined);
  });
  it("begins with all that is there, and with the line's own indentation (1,000 random lines)", () => {
    const line = fc.string({ unit: fc.constantFrom(..."a {(:\t\n".split("")), maxLength: 20 });
    fc.assert(
      fc.property(line, fc.constantFrom("python", "typescript"), (text, languageId) => {
        const next = nextLine(query(`${text}│\n`, { languageId }));
        if (next === undefined) return;
        const own = /^[ \t]*/.exec(text.slice(text.lastIndexOf("\n") + 1))![0];
        assert.ok(next.before.startsWith(`${text}\n${own}`));
        assert.equal(next.before.slice(text.length + 1), next.lineBefore);
        assert.equal(next.lineBefore.trim(), "");
      }),
      { numRuns: 1_000 },
    );
  });
});
