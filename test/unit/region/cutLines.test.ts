import assert from "node:assert/strict";
import { cutLines, MOST_LINES } from "../../../src/region/cutLines";

describe("cutLines", () => {
  it("cuts a body before the first line that leaves it", () => {
    assert.equal(cutLines("a();\n  b();\n}\nc();", "f() {\n  ", "body"), "a();\n  b();");
    assert.equal(cutLines("return a\n\ndef g():\n    pass", "def f():\n    ", "body"), "return a");
  });
  it("keeps the closer of a body that began in the cursor's line", () => {
    assert.equal(cutLines("\n  return 1;\n}\nfunction g() {", "function f() {", "body"), "\n  return 1;\n}");
    assert.equal(cutLines("\n    return 1\nx = 2", "def f():", "body"), "\n    return 1");
  });
  it("ends after the one declaration that a doc comment asks for", () => {
    const two = "function f() {\n  return 1;\n}\n\nfunction g() {\n  return 2;\n}";
    assert.equal(cutLines(two, "/** One. */\n", "declaration"), "function f() {\n  return 1;\n}");
    assert.equal(cutLines("def f():\n    return 1\n\ndef g():\n", "# One.\n", "declaration"), "def f():\n    return 1");
  });
  it("keeps the word or the tag that closes what began in the cursor's line, or the one declaration", () => {
    assert.equal(cutLines("\n  a\nend\n\ndef g", "def f(a)", "body"), "\n  a\nend");
    assert.equal(cutLines("\n  a\ndone\nb", "for a in b; do", "body"), "\n  a\ndone");
    assert.equal(cutLines("\n  a\n</div>\n<p>", "<div>", "body"), "\n  a\n</div>");
    assert.equal(cutLines("def f\n  1\nend\n\ndef g", "# One.\n", "declaration"), "def f\n  1\nend");
    assert.equal(cutLines("a\nend\n", "def f\n  ", "body"), "a");
  });
  it("goes on where a parameter list's closer opens the body", () => {
    const text = "function f(\n  a: number,\n) {\n  return a;\n}\nfunction g() {}";
    assert.equal(cutLines(text, "/** One. */\n", "declaration"), "function f(\n  a: number,\n) {\n  return a;\n}");
  });
  it(`shows at most ${MOST_LINES} lines`, () => {
    assert.equal(cutLines("x\n".repeat(20), "  ", "body"), "x");
    assert.equal(cutLines("x\n".repeat(20), "", "body").split("\n").length, MOST_LINES);
  });
  it("drops blank lines at its end, and leaves a single line as it is", () => {
    assert.equal(cutLines("a\n\n\n", "", "body"), "a");
    assert.equal(cutLines("", "", "body"), "");
  });
});
