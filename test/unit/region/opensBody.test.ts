import assert from "node:assert/strict";
import { opensBody } from "../../../src/region/opensBody";

/** Lines of each language: headers, headers once the next line is begun, and lines that are none. */
const LINES: Record<string, { always: string[]; onceOver?: string[]; never: string[] }> = {
  python: { always: ["def f(a):", "  else:  # so", "):", "    ) -> int:  # so"], never: ['  "a":', "f = {", "# if a:x"] },
  typescript: { always: ["f() {", "const f = () =>"], never: ["f();", "else"] },
  go: { always: ["func f() {", "\tselect {"], never: ["return f()"] },
  csharp: { always: ["{", "  int A =>"], never: ["class A"] },
  ruby: {
    always: [
      "def f",
      "  def f(a, b = 1)",
      "class A < B",
      "class << self",
      "a.each do |b, c|",
      "begin",
      "else",
      "ensure",
      "a.map {",
      "if a then",
    ],
    onceOver: ["if a == b", "while a", "case a", "  when 1, 2", "rescue A => e", "elsif a"],
    never: ["def f(a) = g(a)", "a if b", "if a then b end", "x = 1", "# we do", "inner = 2", "while a do b end"],
  },
  shellscript: {
    always: ["if a; then", "for a in b; do", "do", "  else", "case $a in", "  a | b)", "  *)", "f() {", "function f"],
    never: ["a=$(b)", "echo then some", "# then", "undo", "b $(c d)", "f()"],
  },
  yaml: {
    always: ["a: |", "- >-", "a: {", "a: ["],
    onceOver: ["a:", "- a:", '  "a b":', "a: &b", "a:  # so"],
    never: ["a: b", "- a", "# a:", "a: b # c:", "http://a"],
  },
  php: { always: ["if ($a):", "else:", "function f() {"], never: ["$a = $b ? c : d;", "A::f();"] },
  html: {
    always: ["<div>", '  <p class="a > b" id=c>', "<A-b>", "f() {"],
    never: ["<br>", "<img src='a'>", "<p/>", "</p>", "a > b", "<p>a</p>"],
  },
  css: { always: ["a {", "@media (x) {"], never: ["color: red;", "a,"] },
  json: { always: ['"a": {', '"a": ['], never: ['"a": 1', '"a":'] },
  lua: { always: ["if a then", "function f()"], never: ["local a = 1"] },
  constructor: { always: ["f() {"], never: ["f()"] },
};

describe("opensBody", () => {
  for (const [languageId, { always, onceOver = [], never }] of Object.entries(LINES)) {
    it(`knows headers of ${languageId}`, () => {
      for (const line of always)
        assert.deepEqual([opensBody(line, languageId, false), opensBody(line, languageId, true)], [true, true], line);
      for (const line of onceOver)
        assert.deepEqual([opensBody(line, languageId, false), opensBody(line, languageId, true)], [false, true], line);
      for (const line of never)
        assert.deepEqual([opensBody(line, languageId, false), opensBody(line, languageId, true)], [false, false], line);
    });
  }

  it("takes no time over a long line", () => {
    const begunMs = performance.now();
    for (const piece of ["a|", "a | ", "<a b='c' ", "<p>", " then", "a: ", "a:b ", "- ", "  ", '"', "def f(", "(a", "do |a", "\\[["]) {
      const line = piece.repeat(20_000);
      for (const languageId of Object.keys(LINES)) opensBody(`${line}x`, languageId, true);
    }
    assert.ok(performance.now() - begunMs < 2_000, `${performance.now() - begunMs} ms`);
  });
});
