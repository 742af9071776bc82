import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { openFixed, type Fixed } from "../fixed/openFixed";
import { until } from "../kit/until";
import { pictureFailures } from "./pictureFailures";

describe("where ghost text comes, and where none does", () => {
  let fixed: Fixed;
  before(async () => {
    fixed = await openFixed();
  });
  after(() => fixed?.close());
  pictureFailures(() => fixed?.workbench);

  /** Types where the model would write, and looks that it was not even asked. */
  async function checkNotAsked(typed: string): Promise<void> {
    const { workbench, model } = fixed;
    const asked = model.asked;
    await workbench.type(typed);
    // Longer than VS Code waits before it asks, and Unmask before it asks the engine.
    await workbench.page.waitForTimeout(600);
    assert.equal(await workbench.ghostText(), "");
    assert.equal(model.asked, asked, "the model was asked");
  }

  it("comes in a file without a name", async () => {
    const { workbench, model } = fixed;
    model.writes("const nameless = ", "document;");
    await workbench.openWith("before-untitled.ts", "");
    await workbench.command("File: New Untitled Text File");
    await workbench.page.locator('.tab.active[data-resource-name^="Untitled"]').waitFor();
    await workbench.choose("Change Language Mode", "TypeScript");
    await workbench.type("const nameless = ");
    await workbench.untilGhostTextReads("document;");
    await workbench.press("Escape");
  });

  it("comes in a notebook's code cell, and Tab takes it", async () => {
    const { workbench, model } = fixed;
    model.writes("answer = ", "double(21)");
    const cell = { cell_type: "code", execution_count: null, metadata: {}, outputs: [], source: "result = 1" };
    const notebook = { cells: [cell], metadata: { language_info: { name: "python" } }, nbformat: 4, nbformat_minor: 5 };
    fs.writeFileSync(path.join(workbench.project, "cell.ipynb"), JSON.stringify(notebook));
    await workbench.openTab("cell.ipynb");
    await workbench.page.locator(".notebookOverlay .code-cell-row .view-lines", { hasText: "result" }).click();
    await workbench.press("Control+End");
    await workbench.type("\nanswer = ");
    await workbench.untilGhostTextReads("double(21)");
    await workbench.screenshot("notebook-cell");
    await workbench.press("Tab");
    await workbench.untilGhostTextReads("");
    assert.match((await workbench.saved("cell.ipynb")).toString(), /answer = double\(21\)/);
  });

  it("does not come in a file that is excluded, such as .env", async () => {
    const { workbench, model, untilNothing } = fixed;
    model.writes("KEY=", "hunter2");
    await workbench.openAt(".env", "‸");
    await workbench.type("KEY=");
    await untilNothing("excludedFile");
    assert.equal(JSON.stringify(model.requests()).includes("KEY"), false, "the model saw it");
  });

  it("does not come in a language that is off by default, such as Markdown", async () => {
    const { workbench, model, untilNothing } = fixed;
    model.writes("Read ", "this first.");
    await workbench.openAt("manual.md", "‸");
    await workbench.type("Read ");
    await untilNothing("off");
  });

  it("does not come in an output pane", async () => {
    const { workbench, model } = fixed;
    model.writes("x", "yz");
    await workbench.openWith("before-output.ts", "");
    await workbench.command("Unmask: Show Log");
    await workbench.page.locator(".part.panel .monaco-editor.focused").waitFor();
    await checkNotAsked("x");
    await workbench.command("View: Toggle Panel Visibility");
  });

  it("does not come in a file that can't be written", async () => {
    const { workbench, model } = fixed;
    model.writes("const locked = ", "true;");
    await workbench.openAt("locked.ts", "‸\n");
    await workbench.command("File: Set Active Editor Read-only in Session");
    await checkNotAsked("const locked = ");
    await workbench.press("Escape");
    await workbench.command("File: Set Active Editor Writeable in Session");
    await workbench.type("const locked = ");
    await workbench.untilGhostTextReads("true;");
    assert.equal((await workbench.saved("locked.ts")).toString(), "const locked = \n");
  });

  it("comes in the right side of a comparison, and not in the left", async () => {
    const { workbench, model } = fixed;
    model.writes("const compared = ", "left === right;");
    await workbench.openAt("compared.ts", "const saved = 1;\n‸");
    await workbench.type("const ");
    await workbench.press("Escape");
    await workbench.command("File: Compare Active File with Saved");
    const side = (name: string) => workbench.page.locator(`.monaco-diff-editor .editor.${name} .view-lines`).first();
    await side("original").click();
    await workbench.press("Control+End");
    await checkNotAsked("const compared = ");
    await workbench.press("Escape");
    await side("modified").click();
    await workbench.press("Control+End");
    await workbench.type("compared = ");
    await workbench.untilGhostTextReads("left === right;");
    await workbench.screenshot("comparison");
    await workbench.press("Tab");
    await workbench.untilGhostTextReads("");
    await workbench.command("View: Close Editor");
    await workbench.openFile("compared.ts");
    assert.equal((await workbench.saved("compared.ts")).toString(), "const saved = 1;\nconst compared = left === right;");
  });

  it("comes in one of two editors of the same file, in the one that is typed in", async () => {
    const { workbench, model } = fixed;
    model.writes("const twice = ", "once * 2;");
    await workbench.openAt("twice.ts", "‸\n");
    await workbench.command("View: Split Editor");
    await workbench.page.locator(".editor-group-container").nth(1).waitFor();
    await workbench.type("const twice = ");
    await workbench.untilGhostTextReads("once * 2;");
    await workbench.screenshot("two-editors");
    assert.equal(await workbench.page.locator(".editor-group-container:not(.active) .ghost-text-decoration").count(), 0);
    await workbench.press("Tab");
    await workbench.untilGhostTextReads("");
    await workbench.command("View: Join All Editor Groups");
    await workbench.page.locator(".editor-group-container").nth(1).waitFor({ state: "detached" });
    assert.equal((await workbench.saved("twice.ts")).toString(), "const twice = once * 2;\n");
  });

  it("comes for the settings as they are when it is shown, though they change while the model thinks", async () => {
    const { workbench, model, untilNothing } = fixed;
    model.writes("const slow = ", "thought;", 18_000);
    await workbench.openAt("slow.ts", "‸");
    const asked = model.asked;
    await workbench.type("const slow = ");
    await until(
      () => Promise.resolve(model.asked > asked && model.requests().at(-1)!.prefix === "const slow = "),
      5_000,
      () => Promise.resolve("it is not asked"),
    );
    const folder = path.join(workbench.project, ".vscode");
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, "settings.json"), JSON.stringify({ "unmask.languages": { "*": true, typescript: false } }));
    await workbench.untilStatus(/Unmask: off for typescript/);
    // Nobody waits any more, long before the model is done.
    await untilNothing("superseded");
    await workbench.type("1");
    await untilNothing("off");
    fs.rmSync(path.join(folder, "settings.json"));
    await workbench.untilStatus(/Unmask: ready/);
    // What the Backspace leaves is asked for too, if the "1" comes late.
    model.writes("const slow = ", "thought;");
    model.writes("const slow = 1", ";");
    await workbench.press("Backspace");
    await workbench.type("1");
    await workbench.untilGhostTextReads(";");
  });
});
