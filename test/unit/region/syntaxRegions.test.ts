import assert from "node:assert/strict";
import fc from "fast-check";
import { Parser, type Language } from "web-tree-sitter";
import { REGION_KINDS } from "../../../src/region/regionKinds";
import { SYNTAX_KINDS } from "../../../src/region/syntaxKinds";
import { SYNTAX_LANGUAGES } from "../../../src/region/syntaxLanguages";
import { syntaxRegions, type SyntaxRegion } from "../../../src/region/syntaxRegions";
import { drawn } from "../completion/drawn";
import { loadGrammar } from "./grammarFiles";
import { SYNTAX_SAMPLES } from "./syntaxSamples";

/** Drawn places and the regions around them, innermost first: kind, name, and the first words. */
const PLACES: readonly (readonly [languageId: string, text: string, ...expected: string[]])[] = [
  [
    "typescript",
    "function area(w: number) {\n  if (w > 2) {\n    return grow(│w * 2, 1);\n  }\n}\n",
    "expression: w",
    "expression: w * 2",
    "arguments: w * 2, 1",
    "expression: grow(w * 2, 1)",
    "body of if (w > 2): return grow(w * 2, 1);",
    "body of area: if (w > 2) {",
    "statement: function area(w: number) {",
  ],
  ["typescript", "const f = (a) => {\n  │\n};\n", "body of f: ", "expression: (a) => {", "statement: const f = (a) => {"],
  ["typescript", "│f(a);\n", "expression: f(a)", "statement: f(a);"],
  ["typescriptreact", "const a = <p>{b│}</p>;\n", "expression: b", "expression: <p>{b}</p>", "statement: const a = <p>{b}</p>;"],
  [
    "javascript",
    "a.map((x) => { g(│); });\n",
    "arguments: ",
    "expression: g()",
    "body of (x) =>: g();",
    "arguments: (x) => { g(); }",
    "expression: a.map((x) => { g(); })",
    "statement: a.map((x) => { g(); });",
  ],
  [
    "python",
    "class A:\n    def f(self, b):\n        x = g(b, [1, │2])\n        return x\n",
    "expression: 2",
    "expression: [1, 2]",
    "arguments: b, [1, 2]",
    "expression: g(b, [1, 2])",
    "statement: x = g(b, [1, 2])",
    "body of f: x = g(b, [1, 2])",
    "body of A: def f(self, b):",
    "statement: class A:",
  ],
  ["python", "def f(b):\n    x = 1\n    │\n", "body of f: x = 1"],
  [
    "go",
    "package m\nfunc f(a int) int {\n\tg(a│, 1)\n\treturn a\n}\n",
    "expression: a",
    "arguments: a, 1",
    "statement: g(a, 1)",
    "body of f: g(a, 1)",
    "statement: func f(a int) int {",
  ],
  [
    "rust",
    "fn f(a: i32) -> i32 {\n    let b = g(a, 1│);\n    b\n}\n",
    "expression: 1",
    "arguments: a, 1",
    "expression: g(a, 1)",
    "statement: let b = g(a, 1);",
    "body of f: let b = g(a, 1);",
    "statement: fn f(a: i32) -> i32 {",
  ],
  [
    "java",
    "class A {\n  int f(int a) {\n    return g(a │+ 1);\n  }\n}\n",
    "arguments: a + 1",
    "expression: g(a + 1)",
    "body of f: return g(a + 1);",
    "body of A: int f(int a) {",
    "statement: class A {",
  ],
  [
    "c",
    "int f(int a) {\n  return g(a, │a + 1);\n}\n",
    "expression: a",
    "expression: a + 1",
    "arguments: a, a + 1",
    "expression: g(a, a + 1)",
    "body of f: return g(a, a + 1);",
    "statement: int f(int a) {",
  ],
  [
    "cpp",
    "int A::f(int a) {\n  auto b = [](int c) { return │c; };\n}\n",
    "expression: c",
    "body of b: return c;",
    "expression: [](int c) { return c; }",
    "body of A::f: auto b = [](int c) { return c; };",
    "statement: int A::f(int a) {",
  ],
  [
    "csharp",
    "class A {\n  void F() {\n    G(a, b│[1]);\n  }\n}\n",
    "expression: b",
    "expression: b[1]",
    "arguments: a, b[1]",
    "expression: G(a, b[1])",
    "body of F: G(a, b[1]);",
    "body of A: void F() {",
    "statement: class A {",
  ],
  [
    "ruby",
    "def f(a)\n  puts a +│ 1\n  b\nrescue E\n  1\nend\n",
    "arguments: a + 1",
    "statement: puts a + 1",
    "body of f: puts a + 1",
    "statement: def f(a)",
  ],
  [
    "ruby",
    "a.each do |b|\n  if b\n    │c\n  else\n    d\n  end\nend\n",
    "body of if b: c",
    "body of a.each do |b|: if b",
    "statement: a.each do |b|",
  ],
  [
    "php",
    "<?php\nfunction f($a) {\n  return g($a│, 1);\n}\n",
    "expression: $a",
    "arguments: $a, 1",
    "expression: g($a, 1)",
    "body of f: return g($a, 1);",
    "statement: function f($a) {",
  ],
  ["html", '<div>\n  <p class="a│ b">x</p>\n</div>\n', "value: a b", 'body of <div>: <p class="a b">x</p>', "element: <div>"],
  ["html", "<div>\n  <p>│x</p>\n  <b></b>\n</div>\n", "body of <p>: x", "element: <p>x</p>", "body of <div>: <p>x</p>", "element: <div>"],
  [
    "css",
    "a > b {\n  color: │red;\n  b: c;\n}\n",
    "value: red",
    "declaration: color: red;",
    "body of a > b: color: red;",
    "statement: a > b {",
  ],
  [
    "json",
    '{\n  "a": [1, │2],\n  "b": {}\n}\n',
    "value: 2",
    "body of a: 1, 2",
    "value: [1, 2]",
    'entry: "a": [1, 2]',
    'body: "a": [1, 2],',
    "value: {",
  ],
  ["yaml", "a:\n  b: c│ d\n  e:\n    - f\n", "value: c d", "entry: b: c d", "body of a: b: c d", "body: a:"],
  [
    "shellscript",
    'f() {\n  if a; then\n    grep -n "a│ b" $c | d\n  else\n    e\n  fi\n}\n',
    'expression: "a b"',
    'arguments: -n "a b" $c',
    'statement: grep -n "a b" $c',
    'body of if a: grep -n "a b" $c | d',
    "body of f: if a; then",
    "statement: f() {",
  ],
];

describe("syntaxRegions", () => {
  const languages = new Map<string, Language>();
  before(async () => {
    for (const grammar of Object.keys(REGION_KINDS)) languages.set(grammar, await loadGrammar(grammar));
  });

  function regionsAt(languageId: string, text: string, offset: number): SyntaxRegion[] {
    const grammar = SYNTAX_LANGUAGES[languageId]!;
    const parser = new Parser().setLanguage(languages.get(grammar)!);
    const tree = parser.parse(text)!;
    const before = text.slice(0, offset);
    const place = { offset, probe: before.trimEnd().length - 1, column: offset - before.lastIndexOf("\n") - 1 };
    try {
      return syntaxRegions(tree.rootNode, { kinds: SYNTAX_KINDS[grammar]!, regions: REGION_KINDS[grammar]! }, place, text);
    } finally {
      tree.delete();
      parser.delete();
    }
  }

  for (const [languageId, text, ...expected] of PLACES) {
    it(`finds what is around a place in ${languageId}: ${expected[0]}`, () => {
      const { before, after } = drawn(text);
      const whole = before + after;
      const found = regionsAt(languageId, whole, before.length).map(
        ({ kind, name, start, end }) => `${kind}${name === undefined ? "" : ` of ${name}`}: ${whole.slice(start, end).split("\n", 1)[0]}`,
      );
      assert.deepEqual(found, expected);
    });
  }

  it("gives an empty range at the place in an empty body, and between empty brackets", () => {
    const inBody = drawn("function f() {\n  │\n}\n");
    assert.deepEqual(regionsAt("typescript", inBody.before + inBody.after, inBody.before.length)[0], {
      kind: "body",
      name: "f",
      start: inBody.before.length,
      end: inBody.before.length,
    });
  });

  it("has places of every grammar", () => {
    const drawnIn = new Set(PLACES.map(([languageId]) => SYNTAX_LANGUAGES[languageId]));
    assert.deepEqual(
      Object.keys(REGION_KINDS).filter((grammar) => !drawnIn.has(grammar)),
      [],
    );
  });

  for (const [languageId, { text }] of Object.entries(SYNTAX_SAMPLES)) {
    it(`gives nested ranges around any place in any beginning of ${languageId}, without white space at their ends`, () => {
      fc.assert(
        fc.property(fc.nat(text.length), fc.nat(text.length), (one, other) => {
          const [offset, length] = [Math.min(one, other), Math.max(one, other)];
          const regions = regionsAt(languageId, text.slice(0, length), offset);
          regions.forEach(({ kind, start, end }, index) => {
            const written = text.slice(start, end);
            assert.ok(start <= end && end <= length);
            assert.equal(written, written.trim());
            // Blank lines at an indented body's end, and at brackets' inner sides, belong to it.
            const between = start <= offset && offset <= end;
            assert.ok(between || text.slice(Math.min(end, offset), Math.max(start, offset)).trim() === "", `${kind} ${written}`);
            const next = regions[index + 1];
            assert.ok(next === undefined || (next.start <= start && end <= next.end && next.end - next.start > end - start));
          });
        }),
        { numRuns: 150 },
      );
    });
  }
});
