import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { openFixed, type Fixed } from "../fixed/openFixed";
import { pictureFailures } from "./pictureFailures";

describe("ghost text in the editor of a peek view", () => {
  let fixed: Fixed;
  before(async () => {
    fixed = await openFixed({}, { beside: ["language-server"] });
  });
  after(() => fixed?.close());
  pictureFailures(() => fixed?.workbench);

  it("comes where one types there, Tab takes it, and Escape hides it before it closes the view", async () => {
    const { workbench, model } = fixed;
    const { page } = workbench;
    model.writes("  const kept = ", "items.filter(isKept);");
    model.writes("  const counted = ", "kept.length;");
    fs.writeFileSync(path.join(workbench.project, "definitions.json"), JSON.stringify({ count: ["defined.ts", 0] }));
    fs.writeFileSync(path.join(workbench.project, "defined.ts"), "export function count(items) {\n}\n");
    await workbench.openAt("peeks.ts", "cou‸nt([]);\n");
    await workbench.command("Peek Definition");
    const inner = page.locator(".peekview-widget .preview .monaco-editor");
    await inner.locator(".view-line", { hasText: "export function count" }).click();
    await workbench.press("End", "Enter");
    await workbench.type("const kept = ");
    await inner.locator(".ghost-text-decoration").first().waitFor();
    await workbench.untilGhostTextReads("items.filter(isKept);");
    await workbench.screenshot("peek");
    await workbench.press("Tab");
    await workbench.untilGhostTextReads("");
    // VS Code may show it again after that, or not.
    await workbench.press("Control+z");
    await workbench.type(" ");
    await workbench.untilGhostTextReads("");
    await workbench.press("Backspace");
    await workbench.untilGhostTextReads("items.filter(isKept);");
    await workbench.press("Tab");
    await workbench.untilGhostTextReads("");
    await workbench.press("Enter");
    await workbench.type("const counted = ");
    await workbench.untilGhostTextReads("kept.length;");
    await workbench.press("Escape");
    await workbench.untilGhostTextReads("");
    assert.equal(await page.locator(".peekview-widget").count(), 1, "Escape closed the view too");
    await workbench.command("Unmask: Suggest at Cursor");
    await workbench.untilGhostTextReads("kept.length;");
    await workbench.press("Escape");
    await workbench.untilGhostTextReads("");
    await workbench.type("9");
    // Where nothing stands before the cursor it has nowhere to go but forwards.
    model.writes("", "// all of them");
    await workbench.press("Control+Home", "Enter", "ArrowUp");
    await workbench.command("Unmask: Suggest at Cursor");
    await workbench.untilGhostTextReads("// all of them");
    await workbench.press("Escape");
    await workbench.untilGhostTextReads("");
    await workbench.press("Delete");
    await workbench.press("Escape");
    await page.locator(".peekview-widget").waitFor({ state: "detached" });
    await workbench.openFile("defined.ts");
    const saved = (await workbench.saved("defined.ts")).toString();
    assert.match(saved, /^export function count\(items\) \{\n\s+const kept = items\.filter\(isKept\);\n\s+const counted = 9\n\}\n$/);
    await workbench.openFile("peeks.ts");
    assert.equal((await workbench.saved("peeks.ts")).toString(), "count([]);\n");
  });
});
