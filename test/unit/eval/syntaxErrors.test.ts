import assert from "node:assert/strict";
import { syntaxErrors } from "../../eval/syntaxErrors";

describe("syntax errors in a file", () => {
  it("are none in what is whole, and some in what is not, in each language that problems are in", async () => {
    const samples: Readonly<Record<string, readonly [whole: string, broken: string]>> = {
      typescript: ["const a: number = f(1);\n", "const a: number = f(1;\n"],
      javascript: ["function f() { return 1; }\n", "function f() { return 1;\n"],
      python: ["def f(x):\n    return [x]\n", "def f(x):\n    return [x\n"],
      go: ["package a\n\nfunc f() int { return 1 }\n", "package a\n\nfunc f() int { return 1\n"],
      rust: ["fn f() -> u8 { 1 }\n", "fn f() -> u8 { 1\n"],
      java: ["class A { int f() { return 1; } }\n", "class A { int f() { return 1; }\n"],
    };
    for (const [language, [whole, broken]] of Object.entries(samples)) {
      assert.equal(await syntaxErrors(language, whole), 0, language);
      assert.ok((await syntaxErrors(language, broken)) > 0, language);
    }
  });

  it("are counted: two are more than one", async () => {
    const one = await syntaxErrors("typescript", "let a = ;\nlet b = 1;\n");
    assert.ok((await syntaxErrors("typescript", "let a = ;\nlet b = ;\n")) > one);
  });

  it("can't be counted without a grammar", () => assert.rejects(syntaxErrors("cobol", ""), /no grammar for cobol/));
});
