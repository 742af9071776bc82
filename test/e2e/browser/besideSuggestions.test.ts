import assert from "node:assert/strict";
import { openFixed, type Fixed } from "../fixed/openFixed";
import { pictureFailures } from "./pictureFailures";

describe("ghost text beside VS Code's own suggestions and snippets", () => {
  let fixed: Fixed;
  before(async () => {
    const loop = { prefix: "eachof", body: ["each(${1:items}, ${2:action});$0"], scope: "typescript" };
    fixed = await openFixed({}, { files: { ".vscode/own.code-snippets": JSON.stringify({ "Each of": loop }) } });
  });
  after(() => fixed?.close());
  pictureFailures(() => fixed?.workbench);

  const widgetRow = (text?: string) =>
    fixed.workbench.page.locator(".suggest-widget.visible .monaco-list-row.focused", text === undefined ? {} : { hasText: text });

  /** Types the head of a word and of the longer one that begins with it, until the widget has the first selected. @returns what stands above */
  async function openWidget(name: string, word: string): Promise<string> {
    const { workbench, model } = fixed;
    const above = `const ${word} = 1;\nconst ${word}Width = 2;\n`;
    model.writes(`\n${word}`, "OfAll(prices);");
    await workbench.openAt(name, `${above}‸`);
    await workbench.type(word.slice(0, 3));
    await widgetRow(word).waitFor();
    await workbench.untilGhostTextReads(`${word.slice(3)}OfAll(prices);`);
    return above;
  }

  it("extends the widget's selected item, and goes where it does not fit the next", async () => {
    const { workbench, untilNothing } = fixed;
    const above = await openWidget("extends.ts", "total");
    await workbench.screenshot("extends-the-selected-item");
    await workbench.press("ArrowDown");
    await widgetRow("totalWidth").waitFor();
    await untilNothing("empty");
    assert.equal((await workbench.saved("extends.ts")).toString(), `${above}tot`);
  });

  it("leaves Tab to the widget while that is open: it takes the selected item, and then the rest", async () => {
    const { workbench } = fixed;
    const above = await openWidget("takes.ts", "number");
    await workbench.press("Tab");
    await widgetRow().waitFor({ state: "detached" });
    assert.equal((await workbench.saved("takes.ts")).toString(), `${above}number`);
    await workbench.untilGhostTextReads("OfAll(prices);");
    await workbench.press("Tab");
    await workbench.untilGhostTextReads("");
    assert.equal((await workbench.saved("takes.ts")).toString(), `${above}numberOfAll(prices);`);
  });

  it("leaves Tab alone where there is none: it takes the widget's item, or indents", async () => {
    const { workbench } = fixed;
    await workbench.openAt("tab.ts", "const wideness = 1;\n‸");
    await workbench.type("wid");
    await widgetRow("wideness").waitFor();
    await workbench.press("Tab");
    await widgetRow().waitFor({ state: "detached" });
    await workbench.press("End", "Enter");
    await workbench.press("Tab");
    await workbench.type(";");
    assert.equal((await workbench.saved("tab.ts")).toString(), "const wideness = 1;\nwideness\n    ;");
  });

  it("leaves Tab to a snippet, which goes to its next stop", async () => {
    const { workbench } = fixed;
    await workbench.openAt("snippet.ts", "‸");
    await workbench.type("eachof");
    await widgetRow("eachof").waitFor();
    await workbench.press("Tab");
    await widgetRow().waitFor({ state: "detached" });
    await workbench.type("7");
    await workbench.press("Tab");
    await workbench.type("8");
    await workbench.press("Tab");
    await workbench.type("9");
    assert.equal((await workbench.saved("snippet.ts")).toString(), "each(7, 8);9");
  });
});
