import assert from "node:assert/strict";
import { Parser, type Language } from "web-tree-sitter";
import { cutLines } from "../../../src/region/cutLines";
import { regionAtCursor } from "../../../src/region/regionAtCursor";
import { syntaxAtCursor } from "../../../src/region/syntaxAtCursor";
import { SYNTAX_KINDS } from "../../../src/region/syntaxKinds";
import { SYNTAX_LANGUAGES } from "../../../src/region/syntaxLanguages";
import { drawn } from "../completion/drawn";
import { loadGrammar } from "./grammarFiles";

/** A place, and an answer with its end drawn as `▌`; without an answer the rest of the line is masked. */
type Row = readonly [what: string, text: string, answer?: string];

const LINES_OF: Readonly<Record<string, readonly Row[]>> = {
  typescript: [
    ["an empty body", "function f(a: number) {\n  │\n}\n", "return a;▌\n}\n\nfunction g() {"],
    ["an empty body with a comment", "function f() {\n  // later\n  │\n}\n", "a();\n  b();▌\n}"],
    ["an empty method between others", "class A {\n  f() {\n    │\n  }\n\n  g() {}\n}\n", "return 1;▌\n  }\n\n  h() {"],
    ["the end of a header", "if (a) {│\n}\n", "\n  b();\n}▌\nc();"],
    ["a doc comment", "/** Adds. */\n│\n", "function f() {\n  return 1;\n}▌\n\nfunction g() {"],
    ["a doc comment of a method", "class A {\n  /** Adds. */\n  │\n}\n", "f() {\n    return 1;\n  }▌\n\n  g() {"],
    ["statements after a remark", "f();\n// Both.\n│\n", "a();\nb();▌\n\nc();"],
    ["an arrow", "const f = () =>│\n", "\n  a;▌\nb;"],
    ["a body with something in it", "function f() {\n  a();\n  │\n}\n"],
    ["a body with something behind the cursor", "function f() {\n  │\n  a();\n}\n"],
    ["between functions", "function f() {}\n\n│\n\nfunction g() {}\n"],
    ["an argument", "f(a, │);\n"],
    ["the end of a statement", "const a = 1;│\n"],
    ["a comment far above", "// One.\n\n│\n"],
    ["an empty object", "const a = {\n  │\n};\n", "b: 1,\n  c: 2,▌\n};"],
    ["an object with something in it", "const a = {\n  b: 1,\n  │\n};\n"],
    ["a case that is empty", "switch (a) {\n  case 1:\n    │\n}\n"],
    ["a comment at a line's end", "f(); // so\n│\n"],
    ["a licence line before code", "// Copyright A.\n│\nimport b from 'b';\n"],
  ],
  typescriptreact: [
    ["an empty component", "const A = () => {\n  │\n};\n", "return <p />;▌\n};\nB();"],
    ["an attribute", "const a = <p id={│} />;\n"],
  ],
  javascript: [
    ["an empty function", "function f() {\n  │\n}\n", "a();▌\n}"],
    ["a body with a directive", 'function f() {\n  "use strict";\n  │\n}\n', "a();▌\n}"],
    ["an empty class", "class A {\n  │\n}\n", "f() {\n    return 1;\n  }▌\n}"],
    ["a body with something in it", "const f = () => {\n  a();\n  │\n};\n"],
  ],
  python: [
    ["an empty body", "def f(a):\n    │\n", "b = a\n    return b▌\n\ndef g():\n    pass"],
    ["the end of a header", "def f(a):│\n\n\ndef g():\n    pass\n", "\n    return a▌\n\ndef h():"],
    ["a doc string", 'def f(a):\n    """Adds."""\n    │\n', "return a + 1▌\n\ndef g():"],
    ["a comment above what it describes", "class A:\n    # Adds.\n    │\n    def f(self): pass\n"],
    ["a comment before a function", "# Adds.\n│\n", "def f(a):\n    return a▌\n\ndef g(a):"],
    ["an empty branch", "if a:\n    │\nelse:\n    b()\n", "c()▌\nelse:\n    d()"],
    ["a body with something in it", "def f(a):\n    b = a\n    │\n"],
    ["behind a function", "def f(a):\n    return a\n│\n"],
    ["a dictionary's key", 'a = {\n    "b": │\n}\n'],
    ["an argument", "f(a, │)\n"],
    ["a signature over several lines", "def f(\n    a,\n    b,\n):\n    │\n", "return a + b▌\n\nx = 1"],
    ["an empty list", "a = [\n    │\n]\n"],
  ],
  go: [
    ["an empty body", "package m\n\nfunc f() {\n\t│\n}\n", "a()\n\tb()▌\n}"],
    ["a doc comment", "package m\n\n// F adds.\n│\n", "func F() int {\n\treturn 1\n}▌\n\nfunc G() {"],
    ["an empty struct", "package m\n\ntype S struct {\n\t│\n}\n", "a int\n\tb string▌\n}"],
    ["a body with something in it", "package m\n\nfunc f() {\n\ta()\n\t│\n}\n"],
  ],
  rust: [
    ["an empty body", "fn f() {\n    │\n}\n", "a();▌\n}"],
    ["a doc comment", "/// Adds.\n│\n", "fn f() -> i32 {\n    1\n}▌\n\nfn g() {"],
    ["an empty match", "fn f() {\n    match a {\n        │\n    }\n}\n", "1 => b,\n        _ => c,▌\n    }"],
    ["a body with something in it", "fn f() {\n    a();\n    │\n}\n"],
    ["an attribute", "#[derive(Debug)]\n│\n"],
  ],
  java: [
    ["an empty method", "class A {\n  void f() {\n    │\n  }\n}\n", "a();▌\n  }\n\n  void g() {"],
    ["a doc comment", "class A {\n  /** Adds. */\n  │\n}\n", "int f() {\n    return 1;\n  }▌\n\n  int g() {"],
    ["a class with something in it", "class A {\n  int a;\n  │\n}\n"],
  ],
  c: [
    ["an empty function", "int f(void) {\n  │\n}\n", "return 1;▌\n}"],
    ["a brace on its own line", "int f(void)\n{\n  │\n}\n", "return 1;▌\n}"],
    ["a comment before a function", "/* Adds. */\n│\n", "int f(void) {\n  return 1;\n}▌\n\nint g(void) {"],
    ["a preprocessor line", "#include <stdio.h>\n│\n"],
    ["a function with something in it", "int f(void) {\n  a();\n  │\n}\n"],
  ],
  cpp: [
    ["an empty function", "void f() {\n  │\n}\n", "a();▌\n}"],
    ["a class with nothing but a label", "class A {\npublic:\n  │\n};\n", "void f();\n  void g();▌\n};"],
    ["a function with something in it", "void f() {\n  a();\n  │\n}\n"],
    ["a template's arguments", "std::vector<│>\n"],
  ],
  csharp: [
    ["an empty method", "class A\n{\n    void F()\n    {\n        │\n    }\n}\n", "G();▌\n    }\n\n    void H()"],
    [
      "a doc comment",
      "class A\n{\n    /// <summary>Adds.</summary>\n    │\n}\n",
      "int F()\n    {\n        return 1;\n    }▌\n\n    int G()",
    ],
    ["a region's name", "#region A\n│\n"],
    ["a class with something in it", "class A\n{\n    int a;\n    │\n}\n"],
  ],
  ruby: [
    ["an empty method", "def f(a)\n  │\nend\n", "b = a\n  b▌\nend\n\ndef g"],
    ["the end of a header", "def f(a)│\n", "\n  a\nend▌\n\ndef g"],
    ["an empty block", "a.each do |b|\n  │\nend\n", "puts b▌\nend"],
    ["a comment before a method", "# Adds.\n│\n", "def f\n  1\nend▌\n\ndef g"],
    ["a condition that may go on", "if a│\n"],
    ["a method with something in it", "def f\n  a\n  │\nend\n"],
  ],
  php: [
    ["an empty function", "<?php\nfunction f($a) {\n    │\n}\n", "return $a;▌\n}"],
    ["a doc comment", "<?php\n/** Adds. */\n│\n", "function f() {\n    return 1;\n}▌\n\nfunction g() {"],
    ["a function with something in it", "<?php\nfunction f($a) {\n    b();\n    │\n}\n"],
    ["the opening tag", "<?php\n│\n"],
  ],
  html: [
    ["an empty element", "<ul>\n  │\n</ul>\n", "<li>a</li>\n  <li>b</li>▌\n</ul>"],
    ["the end of a tag", "<ul>│\n</ul>\n", "\n  <li>a</li>\n</ul>▌\n<p>"],
    ["an element with something in it", "<ul>\n  <li>a</li>\n  │\n</ul>\n"],
    ["an attribute", '<p class="│"></p>\n'],
  ],
  css: [
    ["an empty rule", "a {\n  │\n}\n", "color: red;\n  top: 0;▌\n}\n\nb {"],
    ["a rule with something in it", "a {\n  color: red;\n  │\n}\n"],
    ["a value", "a {\n  color: │;\n}\n"],
  ],
  json: [
    ["an empty object", '{\n  "a": {\n    │\n  }\n}\n', '"b": 1,\n    "c": 2▌\n  }'],
    ["an empty array", '{\n  "a": [\n    │\n  ]\n}\n', "1,\n    2▌\n  ]"],
    ["an object with something in it", '{\n  "a": 1,\n  │\n}\n'],
    ["a value", '{\n  "a": │\n}\n'],
  ],
  jsonc: [["an object with nothing but a comment", "{\n  // later\n  │\n}\n", '"a": 1▌\n}']],
  yaml: [
    ["an empty mapping", "a:\n  │\nb: 1\n", "c: 1\n  d: 2▌\nb: 1"],
    ["the end of a key", "a:│\n"],
    ["a mapping with something in it", "a:\n  b: 1\n  │\n"],
    ["a comment", "# The port.\n│\n", "port: 1▌\n\nhost: a"],
  ],
  shellscript: [
    ["an empty function", "f() {\n  │\n}\n", "ls\n  pwd▌\n}"],
    ["an empty branch", "if a; then\n  │\nfi\n", "ls▌\nfi"],
    ["the end of a loop's header", "for a in b; do│\n", "\n  ls\ndone▌\npwd"],
    ["a function with something in it", "f() {\n  ls\n  │\n}\n"],
    ["the first line", "#!/bin/sh\n│\n"],
  ],
};

describe("several lines, with the real grammars", () => {
  for (const [languageId, rows] of Object.entries(LINES_OF)) {
    describe(languageId, () => {
      const grammar = SYNTAX_LANGUAGES[languageId]!;
      let language: Language;
      before(async () => void (language = await loadGrammar(grammar)));

      const regionOf = (text: string, invoked: boolean, withTree: boolean) => {
        const { before, after } = drawn(text);
        const parser = new Parser().setLanguage(language);
        const tree = parser.parse(before + after)!;
        const place = {
          offset: before.length,
          probe: before.trimEnd().length - 1,
          column: before.length - before.lastIndexOf("\n") - 1,
        };
        const syntax = withTree ? syntaxAtCursor(tree.rootNode, SYNTAX_KINDS[grammar]!, place) : undefined;
        tree.delete();
        parser.delete();
        return { before, ...regionAtCursor({ before, after, languageId, syntax, invoked, multiline: "auto" }) };
      };

      for (const [what, text, answer] of rows) {
        it(`${answer === undefined ? "asks for the rest of the line" : "asks for several lines, up to their end"}: ${what}`, () => {
          const region = regionOf(text, false, true);
          assert.equal(region.kind, answer === undefined ? "line" : "lines");
          if (answer === undefined) return;
          const { before: kept, after: cut } = drawn(answer.replace("▌", "│"));
          assert.equal(cutLines(kept + cut, region.before, region.scope), kept);
        });
        it(`asks for several lines by key: ${what}`, () => assert.equal(regionOf(text, true, true).kind, "lines"));
      }
    });
  }
});
