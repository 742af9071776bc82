import assert from "node:assert/strict";
import { regionAtCursor, type CursorPlace } from "../../../src/region/regionAtCursor";
import { drawn } from "../completion/drawn";

const region = (languageId: string, text: string, more: Partial<CursorPlace> = {}) => {
  const { kind, scope, blankChars } = regionAtCursor({ ...drawn(text), languageId, invoked: false, multiline: "auto", ...more });
  return kind === "line" ? kind : blankChars === 0 ? `lines, ${scope}` : `lines, ${scope}, ${blankChars} blank`;
};

describe("regionAtCursor", () => {
  it("is the rest of the line in the middle of code", () => {
    assert.equal(region("typescript", "const a = │\nconst b = 1;\n"), "line");
    assert.equal(region("typescript", "f() {\n  a();\n  │\n  b();\n}"), "line");
    assert.equal(region("typescript", "f(│)"), "line");
    assert.equal(region("typescript", "│"), "line");
  });
  it("is several lines in an empty body", () => {
    assert.equal(region("typescript", "function f() {\n  │\n}\n"), "lines, body");
    assert.equal(region("python", "def f(a):\n    │\n\nx = 1\n"), "lines, body");
    assert.equal(region("python", "def f(a):\n    │"), "lines, body");
  });
  it("is several lines after a signature whose body is not written", () => {
    assert.equal(region("typescript", "class A {\n  f() {│\n  }\n}"), "lines, body");
    assert.equal(region("python", "class A:\n    def f(self):│\n\n    def g(self):\n        pass"), "lines, body");
    assert.equal(region("typescript", "const f = () =>│\n"), "lines, body");
  });
  it("is the rest of the line where the body has something in it", () => {
    assert.equal(region("typescript", "function f() {\n  │\n  return 1;\n}\n"), "line");
    assert.equal(region("python", "def f(a):│\n    return a\n"), "line");
  });
  it("is the rest of the line behind a key of a Python dictionary", () => {
    assert.equal(region("python", 'a = {\n    "b":│\n'), "line");
  });
  it("takes the items right below a key of YAML for its body", () => {
    assert.equal(region("yaml", "a:\n  │\n- b\n"), "line");
    assert.equal(region("yaml", "- a:\n    │\n- b\n"), "lines, body");
    assert.equal(region("yaml", "a:\n  │\nb: 1\n"), "lines, body");
  });
  it("is the rest of the line where a condition may go on", () => {
    assert.equal(region("ruby", "if a│\n"), "line");
    assert.equal(region("ruby", "if a\n  │\n"), "lines, body");
    assert.equal(region("yaml", "a:│\n"), "line");
  });
  it("is several lines after a doc comment or a doc string", () => {
    assert.equal(region("typescript", "/** Adds. */\n│\n"), "lines, declaration");
    assert.equal(region("python", "# Adds two numbers.\n│\n"), "lines, declaration");
    assert.equal(region("python", 'def f(a):\n    """Adds."""\n    │\n'), "lines, body");
    assert.equal(region("typescript", "/** Adds. */\n\n│\n"), "line");
  });
  it("is several lines in a body that the syntax tree calls empty", () => {
    const syntax = { inside: "code", body: { empty: true } } as const;
    assert.equal(region("typescript", "function f(\n  a: number,\n): void {\n  // later\n\n  │\n}", { syntax }), "lines, body");
  });
  it("is several lines wherever it is asked for by key", () => {
    assert.equal(region("typescript", "a();\n│\nb();", { invoked: true }), "lines, body");
  });
  it("is never several lines where the setting says so", () => {
    assert.equal(region("typescript", "function f() {\n  │\n}\n", { multiline: "never" }), "line");
    assert.equal(region("typescript", "a();\n│\nb();", { invoked: true, multiline: "never" }), "line");
  });
  it("leaves blanks after the cursor out of the suffix", () => {
    assert.equal(region("typescript", "function f() {\n  │   \n}\n"), "lines, body, 3 blank");
  });
});
