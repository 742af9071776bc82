import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { setImmediate as pause } from "node:timers/promises";
import { Language } from "web-tree-sitter";
import { SYNTAX_LANGUAGES, SYNTAX_RUNTIME } from "../../../src/region/syntaxLanguages";
import { MOST_CHARS, MOST_LINES, SyntaxTrees, type SyntaxDocument } from "../../../src/region/syntaxTrees";
import { drawn } from "../completion/drawn";
import { grammarFile } from "./grammarFiles";
import { SYNTAX_SAMPLES } from "./syntaxSamples";

const resolve = createRequire(__filename).resolve;

function document(text: string, languageId: string, version = 1, id = "a"): SyntaxDocument {
  return { id, version, languageId, lineCount: text.split("\n").length, length: () => text.length, text: () => text };
}

describe("SyntaxTrees", () => {
  let directory: string;
  let errors: unknown[];
  let nowMs: () => number;
  let trees: SyntaxTrees;

  before(() => {
    directory = mkdtempSync(path.join(tmpdir(), "unmask-grammars-")) + path.sep;
    copyFileSync(resolve("web-tree-sitter/web-tree-sitter.wasm"), directory + SYNTAX_RUNTIME);
    for (const grammar of new Set(Object.values(SYNTAX_LANGUAGES))) {
      copyFileSync(grammarFile(grammar), directory + grammar);
    }
  });
  after(() => rmSync(directory, { recursive: true }));
  beforeEach(() => {
    errors = [];
    nowMs = () => 0;
    trees = new SyntaxTrees({ directory, nowMs: () => nowMs(), pause: () => pause(), onError: (error) => errors.push(error) });
  });
  afterEach(() => trees.dispose());

  /** Asks until the background has made the tree. */
  async function at(text: string, languageId: string) {
    const { before, after } = drawn(text);
    const made = document(before + after, languageId);
    for (const until = Date.now() + 5_000; Date.now() < until && errors.length === 0;) {
      const syntax = trees.at(made, () => before.length, before.length - before.lastIndexOf("\n") - 1);
      if (syntax !== undefined)
        return syntax.body === undefined ? syntax.inside : `${syntax.inside}, ${syntax.body.empty ? "empty" : "full"} body`;
      await new Promise((done) => setTimeout(done, 1));
    }
    throw new Error(`no tree: ${String(errors[0])}`);
  }

  /** As `at`, where an error was told before. */
  function afresh(text: string, languageId: string) {
    errors = [];
    trees.forget("a");
    return at(text, languageId);
  }

  for (const [languageId, { text }] of Object.entries(SYNTAX_SAMPLES)) {
    it(`loads the grammar of ${languageId}`, async () => assert.match(await at(`${text}│`, languageId), /^code\b/));
  }

  it("sees a body with something in it, by its column in Python", async () => {
    assert.equal(await at("function f() {\n  a();\n  │\n}\n", "typescript"), "code, full body");
    trees.forget("a");
    assert.equal(await at("class A:\n    def f(self):\n        pass\n    │\n", "python"), "code, full body");
    trees.forget("a");
    assert.equal(await at("def f():\n    pass\n│\n", "python"), "code");
  });
  it("knows comments and strings, and code within a template", async () => {
    for (const [text, inside] of [
      ["// a│\n", "comment"],
      ["/* a│ */\n", "comment"],
      ["/* a */│\n", "code"],
      ["x = 'a│b';\n", "string"],
      ["x = 'ab'│;\n", "code"],
      ["x = `a ${b│} c`;\n", "code"],
      ["x = `a│ ${b} c`;\n", "string"],
    ] as const) {
      trees.forget("a");
      assert.equal(await at(text, "typescript"), inside, text);
    }
    trees.forget("a");
    assert.equal(await at("x = 1  # so│\n", "python"), "comment");
  });
  it("follows edits without parsing anew", async () => {
    await at("f();│\n", "typescript");
    const start = { line: 0, character: 4 };
    trees.edit("a", 2, [{ start, end: start, startOffset: 4, replacedChars: 0, text: " // é\uD83D\uDE00" }]);
    const edited = document("f(); // é\uD83D\uDE00\n", "typescript", 2);
    assert.equal(trees.at(edited, () => 10, 10)?.inside, "comment");
  });
  it("does not hold up the keystroke for a long parse: the background makes the tree in slices", async () => {
    await at("│\n", "typescript");
    trees.forget("a");
    let clock = 0;
    nowMs = () => (clock += 5);
    const big = document("function f(a: number) { return a + 1; }\n".repeat(2_000), "typescript");
    assert.equal(
      trees.at(big, () => 0, 0),
      undefined,
    );
    let turns = 0;
    while (trees.at(big, () => 0, 0) === undefined && turns < 20_000) {
      await pause();
      turns++;
    }
    assert.ok(turns > 2 && turns < 20_000, `${turns} turns`);
  });
  it("comes to the end of a long parse though keys overtake it, and knows the keys", async () => {
    await at("│\n", "typescript");
    trees.forget("a");
    let clock = 0;
    nowMs = () => (clock += 5);
    const typed = { text: "function f(a: number) { return a + 1; }\n".repeat(500), version: 1 };
    const live: SyntaxDocument = {
      ...document("", "typescript"),
      lineCount: 500,
      get version() {
        return typed.version;
      },
      length: () => typed.text.length,
      text: () => typed.text,
    };
    const start = { line: 0, character: 0 };
    let keys = 0;
    for (; keys < 100 && trees.at(live, () => 2, 2) === undefined; keys++) {
      typed.text = `/${typed.text}`;
      typed.version++;
      trees.edit("a", typed.version, [{ start, end: start, startOffset: 0, replacedChars: 0, text: "/" }]);
      // Far fewer slices than the whole text takes, and more than an edit.
      for (let slice = 0; slice < 10; slice++) await pause();
    }
    assert.ok(keys > 5 && keys < 100, `${keys} keys`);
    assert.equal(trees.at(live, () => 2, 2)?.inside, "comment");
  });
  it("parses an edit ahead of the question", async () => {
    await at("f();│\n", "typescript");
    const start = { line: 0, character: 4 };
    trees.edit("a", 2, [{ start, end: start, startOffset: 4, replacedChars: 0, text: " /* a */" }]);
    const edited = document("f(); /* a */\n", "typescript", 2);
    trees.prepare(edited);
    await pause();
    await pause();
    // From now on no time is left to parse.
    let clock = 0;
    nowMs = () => (clock += 1_000);
    assert.equal(trees.at(edited, () => 9, 9)?.inside, "comment");
  });
  it("waits for the tree to tell the regions around a place, and gives up where there can be none", async () => {
    const text = "function f() {\n  g(a);\n}\n";
    const regions = await trees.regionsAt(document(text, "typescript"), text.indexOf("a"), 4, Infinity);
    assert.deepEqual(
      regions?.map(({ kind, start, end }) => [kind, text.slice(start, end)]),
      [
        ["arguments", "a"],
        ["expression", "g(a)"],
        ["body", "g(a);"],
        ["statement", text.trimEnd()],
      ],
    );
    assert.equal(await trees.regionsAt(document("x", "cobol"), 0, 0, Infinity), undefined);
    assert.equal(
      await trees.regionsAt({ ...document("x", "typescript", 1, "b"), length: () => MOST_CHARS + 1 }, 0, 0, Infinity),
      undefined,
    );
    let clock = 0;
    nowMs = () => (clock += 1_000);
    assert.equal(await trees.regionsAt(document(text.repeat(1_000), "typescript", 1, "c"), 0, 0, 500), undefined);
  });
  it("leaves files of too many lines and unknown languages alone", () => {
    assert.equal(
      trees.at(document("\n".repeat(MOST_LINES), "typescript"), () => 0, 0),
      undefined,
    );
    assert.equal(
      trees.at(document("x", "cobol"), () => 0, 0),
      undefined,
    );
    assert.equal(
      trees.at(document("x", "constructor"), () => 0, 0),
      undefined,
    );
  });
  it("never copies a document that is too long, at any keystroke", async () => {
    await at("const a = 1;│", "javascript");
    const long = { ...document("", "javascript", 1, "long"), length: () => MOST_CHARS + 1, text: () => assert.fail("it was copied") };
    for (let key = 0; key < 3; key++) {
      assert.equal(
        trees.at(long, () => 0, 0),
        undefined,
      );
      trees.prepare(long);
      await pause();
    }
    assert.deepEqual(errors, []);
  });
  it("loads a grammar with the first document of its languages, and once for all of them", async () => {
    const load = Language.load.bind(Language);
    const loads: string[] = [];
    Language.load = (file) => {
      loads.push(path.basename(String(file)));
      return load(file);
    };
    try {
      trees.prepare(document("{}", "jsonc", 1, "b"));
      await at("│{}", "json");
      await at("│{}", "json");
    } finally {
      Language.load = load;
    }
    assert.deepEqual(loads, ["tree-sitter-json.wasm"]);
  });
  it("says once that a grammar fails at a text, and goes on without", async () => {
    await at("│{}", "json");
    trees.forget("a");
    nowMs = () => assert.fail("as a scanner would");
    trees.prepare(document("{ }", "json", 1, "b"));
    for (let key = 1; key < 4; key++) {
      assert.equal(
        trees.at(document("{ }", "json", key), () => 0, 0),
        undefined,
      );
      await pause();
    }
    assert.match(String(errors[0]), /tree-sitter-json\.wasm.*as a scanner would/);
    assert.equal(errors.length, 1);
    nowMs = () => 0;
    assert.match(await afresh("a: 1│", "yaml"), /^code/);
  });
  it("says once that a grammar does not load, and goes on without", async () => {
    const broken = new SyntaxTrees({ directory: "/nowhere/", nowMs, pause: () => pause(), onError: (error) => errors.push(error) });
    for (let i = 0; i < 50; i++) {
      assert.equal(
        broken.at(document("x", "python"), () => 0, 0),
        undefined,
      );
      await new Promise((done) => setTimeout(done, 1));
    }
    assert.equal(errors.length, 1);
  });
});
