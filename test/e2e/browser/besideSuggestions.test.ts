import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { openFixed, type Fixed } from "../fixed/openFixed";

const WORDS = "const total = 1;\nconst totalWidth = 2;\n";

describe("ghost text beside VS Code's own suggestions and snippets", () => {
  let fixed: Fixed;
  before(async () => {
    fixed = await openFixed();
    const folder = path.join(fixed.workbench.project, ".vscode");
    fs.mkdirSync(folder);
    const loop = { prefix: "eachof", body: ["each(${1:items}, ${2:action});$0"], scope: "typescript" };
    fs.writeFileSync(path.join(folder, "own.code-snippets"), JSON.stringify({ "Each of": loop }));
  });
  after(() => fixed?.close());

  const widgetRow = (text?: string) =>
    fixed.workbench.page.locator(".suggest-widget.visible .monaco-list-row.focused", text === undefined ? {} : { hasText: text });

  /** Types the head of two words of the file, and opens the widget on them. */
  async function openWidget(name: string): Promise<void> {
    const { workbench } = fixed;
    await workbench.openAt(name, `${WORDS}‸`);
    await workbench.type("tot");
    await widgetRow().waitFor();
  }

  it("extends the widget's selected item, and goes where it does not fit the next", async () => {
    const { workbench, model } = fixed;
    model.writes("\ntotal", "OfAll(prices);");
    await openWidget("extends.ts");
    await widgetRow("total").waitFor();
    await workbench.untilGhostTextReads("alOfAll(prices);");
    await workbench.screenshot("extends-the-selected-item");
    await workbench.press("ArrowDown");
    await widgetRow("totalWidth").waitFor();
    await workbench.untilGhostTextReads("");
    await workbench.press("ArrowUp");
    await workbench.untilGhostTextReads("alOfAll(prices);");
    assert.equal((await workbench.saved("extends.ts")).toString(), `${WORDS}tot`);
  });

  it("leaves Tab to the widget while that is open: it takes the selected item, and then the rest", async () => {
    const { workbench, model } = fixed;
    model.writes("\ntotal", "OfAll(prices);");
    await openWidget("takes.ts");
    await workbench.untilGhostTextReads("alOfAll(prices);");
    await workbench.press("Tab");
    await widgetRow().waitFor({ state: "detached" });
    assert.equal((await workbench.saved("takes.ts")).toString(), `${WORDS}total`);
    await workbench.untilGhostTextReads("OfAll(prices);");
    await workbench.press("Tab");
    await workbench.untilGhostTextReads("");
    assert.equal((await workbench.saved("takes.ts")).toString(), `${WORDS}totalOfAll(prices);`);
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
