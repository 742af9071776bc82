import assert from "node:assert/strict";
import fc from "fast-check";
import { fitIndentUnit, type IndentPlace } from "../../../src/completion/fitIndentUnit";
import { drawn } from "./drawn";

const spelled = (text: string) => ({ text, tokens: [...text].map((one) => ({ text: one, confidence: 0.9 })) });
const fitted = (place: string, text: string, indentUnit: string, more: Partial<IndentPlace> = {}): string =>
  fitIndentUnit(spelled(text), { ...drawn(place), languageId: "typescript", indentUnit, ...more }).text;

const BY_TWO = "if (a) {\n  b();\n  if (c) {\n    d();\n  }\n}\ne();";
const BY_FOUR = BY_TWO.replace(/^ +/gm, (indent) => indent + indent);
const BY_TAB = BY_TWO.replace(/^ +/gm, (indent) => "\t".repeat(indent.length / 2));

describe("fitIndentUnit", () => {
  it("rewrites to the editor's unit in a file that has none yet", () => {
    assert.equal(fitted("│", BY_TWO, "    "), BY_FOUR);
    assert.equal(fitted("│", BY_TWO, "\t"), BY_TAB);
    assert.equal(fitted("│", BY_FOUR, "  "), BY_TWO);
    assert.equal(fitted("│", BY_TAB, "    "), BY_FOUR);
    assert.equal(fitted("f() {│\n", "\n  a();\n}", "\t"), "\n\ta();\n}");
    assert.equal(fitted("def f():\n│", "  a = 1\n  return a", "    ", { languageId: "python" }), "    a = 1\n    return a");
  });
  it("counts from the cursor's line, which the editor has indented, and leaves what is indented less", () => {
    assert.equal(fitted("f() {\n    │\n}\n", "if (a) {\n      b();\n    }", "    "), "if (a) {\n        b();\n    }");
    assert.equal(fitted("f() {\n\t│\n}\n", "if (a) {\n\t  b();\n\t}\n}", "\t"), "if (a) {\n\t\tb();\n\t}\n}");
  });
  it("does so too where the file's lines are the editor's, a comment's asterisks aside", () => {
    assert.equal(fitted("/**\n * x\n */\ng() {\n    x();\n}\nf() {│\n}\n", "\n  a();", "    "), "\n    a();");
  });
  it("leaves an answer alone where the file has the model's unit, or another than the editor's", () => {
    for (const file of ["g() {\n  x();\n}\n│", "g() {\n    if (y) {\n      x();\n│", "g() {\n\tx();\n}\n│", "f() {\n  │\n}"])
      assert.equal(fitted(file, BY_TWO, "    "), BY_TWO, file);
    assert.equal(fitted("g() {\n    x();\n}\n│", BY_FOUR, "  "), BY_FOUR);
    assert.equal(fitted("g() {\n  x();\n}\n│", BY_TWO, "\t"), BY_TWO);
  });
  it("leaves an answer alone whose unit is not clear", () => {
    for (const text of [
      "f(a,\n  b);\nc();",
      "a\n  .b()\n  .c();",
      "if (a) {\n   b();\n}",
      "if (a) {\n        b();\n}",
      "if (a) {\n  b();\n\tc();\n}",
      "if (a) {\n  b();\n     c();\n}",
      "if (a) {\n  f(\n      b);\n}",
    ])
      assert.equal(fitted("│", text, "    "), text);
    assert.equal(fitted("│", "a();", "    "), "a();");
    assert.equal(fitted("│", BY_TWO, undefined as unknown as string), BY_TWO);
  });
  it("leaves alone what may be text, and languages with rules of their own", () => {
    for (const text of ["f(`\n  a\n`);\nif (b) {\n  c();\n}", 'x = """\n  a:\n    b\n"""', "if (a) {\n  x = '''\n  b\n  '''\n}"])
      assert.equal(fitted("│", text, "    "), text);
    assert.equal(fitted("x = `│`", BY_TWO, "    ", { syntax: { inside: "string" } }), BY_TWO);
    assert.equal(fitted("// │", BY_TWO, "    ", { syntax: { inside: "comment" } }), BY_TWO);
    assert.equal(fitted("│", "a:\n  b:\n    c", "    ", { languageId: "yaml" }), "a:\n  b:\n    c");
    assert.equal(fitted("│", "cat <<E {\n  a\nE", "    ", { languageId: "shellscript" }), "cat <<E {\n  a\nE");
  });

  it("leaves alone what may be text that opened in a line above, where the syntax is not known", () => {
    const answer = "\n    a\n}";
    for (const place of ["const s = `\nhello ${x} {│", 's = """\nf() {│', "s = '''\nf() {│", "let t = `a`, s = `b\n\n\nf() {│"]) {
      assert.equal(fitted(place, answer, "\t"), answer, place);
      assert.equal(fitted(place, answer, "\t", { syntax: { inside: "code" } }), "\n\ta\n}", place);
    }
    assert.equal(fitted("cat <<E\nf() {│", answer, "\t", { languageId: "shellscript" }), answer);
    for (const place of ["let s = `a`;\nf() {│", 's = """a"""\nf() {│', "// it's\nf() {│", "a << b\nf() {│"])
      assert.equal(fitted(place, answer, "\t"), "\n\ta\n}", place);
  });

  const UNITS = ["  ", "    ", "\t"] as const;
  /** Lines of a program: how deep each stands; a line opens where the next is deeper. */
  const levels = fc.array(fc.integer({ min: -2, max: 1 }), { minLength: 1, maxLength: 8 }).map((steps) => {
    let depth = 0;
    return [0, ...steps.map((step) => (depth = Math.max(0, depth + step)))];
  });
  const written = (depths: readonly number[], base: string, unit: string): string =>
    depths
      .map((depth, index) => (index === 0 ? "" : base + unit.repeat(depth)) + ((depths[index + 1] ?? 0) > depth ? "if (a) {" : "b();"))
      .join("\n");
  const setting = fc.record({ depths: levels, own: fc.nat(2), models: fc.constantFrom(...UNITS), editors: fc.constantFrom(...UNITS) });

  it("gives what would have been written in the editor's unit, and is done then (2,000 random programs)", () => {
    let changed = 0;
    fc.assert(
      fc.property(setting, ({ depths, own, models, editors }) => {
        const base = editors.repeat(own);
        const head = Array.from({ length: own }, (_, depth) => `${editors.repeat(depth)}f() {\n`).join("");
        const place = `${head}${base}│\n`;
        const [answer, wanted] = [written(depths, base, models), written(depths, base, editors)];
        const got = fitted(place, answer, editors);
        assert.equal(got, wanted);
        assert.equal(fitted(place, got, editors), got);
        if (got !== answer) changed += 1;
      }),
      { numRuns: 2_000 },
    );
    assert.ok(changed > 500, `${changed} were rewritten`);
  });

  it("changes blanks at the lines' heads only, and the tokens spell what is left (2,000 random answers)", () => {
    const text = fc.string({ unit: fc.constantFrom(..." \tab{\n".split(""), "  ", "{\n  "), maxLength: 24 });
    const places = fc.constantFrom("f() {\n  │", "  a();\n  │", "\t│", "│", "x =│", "f(\n    │\n)", "│\n\tb");
    fc.assert(
      fc.property(
        text,
        places,
        fc.constantFrom(...UNITS),
        fc.array(fc.integer({ min: 1, max: 4 })),
        (answer, place, indentUnit, lengths) => {
          const tokens: { text: string; confidence: number }[] = [];
          let at = 0;
          for (const length of [...lengths, Infinity]) {
            if (at < answer.length) tokens.push({ text: answer.slice(at, at + length), confidence: 0.5 });
            at += length;
          }
          const left = fitIndentUnit({ text: answer, tokens }, { ...drawn(place), languageId: "typescript", indentUnit });
          assert.equal(left.tokens.map((token) => token.text).join(""), left.text);
          const trimmed = (of: string) => of.split("\n").map((line) => line.trimStart()); // prettier-ignore
          assert.deepEqual(trimmed(left.text), trimmed(answer));
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
