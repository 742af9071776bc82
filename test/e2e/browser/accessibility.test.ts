import assert from "node:assert/strict";
import { openFixed, type Fixed } from "../fixed/openFixed";
import { until } from "../kit/until";
import { pictureFailures } from "./pictureFailures";

describe("ghost text for a screen reader, in high contrast", () => {
  let fixed: Fixed;
  before(async () => {
    fixed = await openFixed({ "editor.accessibilitySupport": "on", "workbench.colorTheme": "Default High Contrast" });
  });
  after(() => fixed?.close());
  pictureFailures(() => fixed?.workbench);

  it("is read out, and Tab takes it", async () => {
    const { workbench, model } = fixed;
    model.writes("const heard = ", "spoken(words);");
    await workbench.openAt("heard.ts", "‸");
    await workbench.type("const heard = ");
    await workbench.untilGhostTextReads("spoken(words);");
    await workbench.screenshot("high-contrast");
    const announced = async (): Promise<string> => (await workbench.page.locator(".monaco-alert").allInnerTexts()).join("\n");
    await until(
      async () => (await announced()).replaceAll("\u00a0", " ").includes("spoken(words);"),
      5_000,
      async () => `what is read out is "${await announced()}"`,
    );
    await workbench.press("Tab");
    await workbench.untilGhostTextReads("");
    assert.equal((await workbench.saved("heard.ts")).toString(), "const heard = spoken(words);");
  });

  it("stands in the accessible view", async () => {
    const { workbench, model } = fixed;
    model.writes("const viewed = ", "spelled(words);");
    await workbench.openAt("viewed.ts", "‸");
    await workbench.type("const viewed = ");
    await workbench.untilGhostTextReads("spelled(words);");
    const view = workbench.page.locator(".accessible-view");
    await until(
      async () => {
        // While VS Code asks for what it shows it has nothing to view.
        if (!(await view.isVisible())) await workbench.press("Alt+F2");
        await workbench.page.waitForTimeout(1_000);
        return view.locator(".view-line", { hasText: "spelled(words);" }).isVisible();
      },
      20_000,
      () => Promise.resolve("the accessible view does not show it"),
    );
    await workbench.screenshot("accessible-view");
    await workbench.press("Escape");
    await view.waitFor({ state: "hidden" });
    assert.equal((await workbench.saved("viewed.ts")).toString(), "const viewed = ");
  });
});
