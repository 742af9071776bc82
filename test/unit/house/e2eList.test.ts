import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import ts from "typescript";

const E2E = path.resolve(__dirname, "../../e2e");
/** "12. what it does (`browser/typing.test.ts`)" */
const LINE = /^(\d+)\. +(.+) \(`(.+)`\)$/gm;

/** The titles of a file's tests, "…" for what is filled in. */
function titlesIn(file: string): string[] {
  const titles: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === "it")
      titles.push(titleOf(node.arguments[0]!));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, fs.readFileSync(file, "utf8"), ts.ScriptTarget.Latest));
  return titles;
}

function titleOf(argument: ts.Expression): string {
  if (ts.isStringLiteralLike(argument)) return argument.text;
  assert.ok(ts.isTemplateExpression(argument), "a test's title is neither a text nor a template");
  return [argument.head.text, ...argument.templateSpans.map(({ literal }) => literal.text)].join("…");
}

describe("the list of behaviours in test/e2e/README.md", () => {
  const lines = [...fs.readFileSync(path.join(E2E, "README.md"), "utf8").matchAll(LINE)];

  it("names each test of a real VS Code, in its own words, and none that is not there", () => {
    const files = fs.readdirSync(E2E, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".test.ts"));
    const tests = files.flatMap((file) => titlesIn(path.join(E2E, file)).map((title) => `${title} (${file.replaceAll("\\", "/")})`));
    assert.deepEqual(lines.map(([, , title, file]) => `${title} (${file})`).sort(), tests.sort());
  });

  it("counts them", () => {
    assert.deepEqual(
      lines.map(([, number]) => Number(number)),
      lines.map((_, index) => index + 1),
    );
  });
});
