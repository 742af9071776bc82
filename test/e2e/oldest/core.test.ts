import assert from "node:assert/strict";
import { openFixed, type Fixed } from "../fixed/openFixed";
import { pictureFailures } from "../browser/pictureFailures";

describe("the oldest VS Code that Unmask promises to run in", () => {
  let fixed: Fixed;
  before(async () => {
    fixed = await openFixed({}, { kit: "oldest" });
  });
  after(() => fixed?.close());
  pictureFailures(() => fixed?.workbench);

  const text = async (name: string): Promise<string> => (await fixed.workbench.saved(name)).toString();

  it("shows in the status bar that Unmask is ready", async () => {
    assert.match(await fixed.workbench.status(), /Unmask: ready \(fixed/);
    await fixed.workbench.screenshot("oldest-ready");
  });

  it("shows ghost text, which Tab takes and one undo takes back", async () => {
    const { workbench, model } = fixed;
    model.writes("const total = ", "prices.reduce(sum, 0);");
    await workbench.openAt("tab.ts", "‸");
    await workbench.type("const total = ");
    await workbench.untilGhostTextReads("prices.reduce(sum, 0);");
    await workbench.screenshot("oldest-ghost-text");
    await workbench.press("Tab");
    await workbench.untilGhostTextReads("");
    assert.equal(await text("tab.ts"), "const total = prices.reduce(sum, 0);");
    await workbench.press("Control+z");
    assert.equal(await text("tab.ts"), "const total = ");
  });

  it("takes a word of it with Control and Right", async () => {
    const { workbench, model } = fixed;
    model.writes("const words = ", "first + second;");
    await workbench.openAt("words.ts", "‸");
    await workbench.type("const words = ");
    await workbench.untilGhostTextReads("first + second;");
    await workbench.press("Control+ArrowRight");
    await workbench.untilGhostTextReads(" + second;");
    assert.equal(await text("words.ts"), "const words = first");
  });

  it("lets it go with Escape", async () => {
    const { workbench, model } = fixed;
    model.writes("const gone = ", "away;");
    await workbench.openAt("escape.ts", "‸");
    await workbench.type("const gone = ");
    await workbench.untilGhostTextReads("away;");
    await workbench.press("Escape");
    await workbench.untilGhostTextReads("");
    assert.equal(await text("escape.ts"), "const gone = ");
  });

  it("keeps it while it is typed, without a second request", async () => {
    const { workbench, model } = fixed;
    model.writes("const mean = ", "total / count;");
    await workbench.openAt("through.ts", "‸");
    await workbench.type("const mean = ");
    await workbench.untilGhostTextReads("total / count;");
    const asked = model.asked;
    await workbench.type("total");
    await workbench.untilGhostTextReads(" / count;");
    assert.equal(model.asked, asked);
  });

  it("offers several lines in an empty body", async () => {
    const { workbench, model } = fixed;
    const body = "const sum = first + second;\n  return sum;";
    model.writes("add(first, second) {\n  ", body);
    await workbench.openAt("body.js", "function add(first, second) {\n  ‸\n}\n");
    await workbench.type("c");
    await workbench.press("Backspace");
    await workbench.untilGhostTextReads(body);
    await workbench.press("Tab");
    await workbench.untilGhostTextReads("");
    assert.equal(await text("body.js"), `function add(first, second) {\n  ${body}\n}\n`);
  });

  it("shows it when it is asked for by its command, however unsure", async () => {
    const { workbench, model, untilNothing } = fixed;
    model.writes("const guess = ", [["perhaps", 0.1]]);
    await workbench.openAt("unsure.ts", "‸");
    await workbench.type("const guess = ");
    await untilNothing("unsure");
    await workbench.command("Unmask: Suggest at Cursor");
    await workbench.untilGhostTextReads("perhaps");
  });

  it("fills a selection: preview, accept, one undo", async () => {
    const { workbench, model } = fixed;
    model.writes("const filled = ", "selected.map(copy);");
    await workbench.openAt("fill.ts", "const filled = ‸nothing;\n");
    await workbench.press("Shift+End");
    await workbench.command("Unmask: Fill Selection");
    await workbench.page.locator(".monaco-diff-editor .editor.modified .view-line").first().waitFor();
    await workbench.screenshot("oldest-fill");
    await workbench.command("Unmask: Accept Fill");
    await workbench.page.locator(".monaco-diff-editor").waitFor({ state: "detached" });
    assert.equal(await text("fill.ts"), "const filled = selected.map(copy);\n");
    await workbench.press("Control+z");
    assert.equal(await text("fill.ts"), "const filled = nothing;\n");
  });

  it("draws the denoising trace", async () => {
    const { workbench } = fixed;
    await workbench.command("Unmask: Show Denoising Trace");
    await workbench.webview().locator(".transport").waitFor();
    await workbench.webview().locator(".code").waitFor();
    assert.match(await workbench.webview().locator(".readout").innerText(), /pass \d+/i);
    await workbench.screenshot("oldest-trace");
    const tab = workbench.page.locator(".tab", { hasText: "Denoising" });
    await tab.locator(".codicon-close").click();
    await tab.waitFor({ state: "detached" });
  });

  it("draws the statistics", async () => {
    const { workbench } = fixed;
    await workbench.command("Unmask: Show Statistics");
    await workbench.webview().locator("svg.plot").waitFor();
    await workbench.screenshot("oldest-statistics");
  });
});
