import assert from "node:assert/strict";
import { STILL_EDITOR } from "../kit/quietSettings";
import { openWithModel } from "./openWithModel";
import type { Workbench } from "./workbench";

describe("the model picker in a real VS Code", () => {
  let workbench: Workbench;
  before(async function () {
    workbench = await openWithModel(this, STILL_EDITOR);
  });
  after(() => workbench?.close());

  it("tells of the model that comes with Unmask what it is, how big and how quick, and marks the folder that a setting names", async () => {
    const rows = workbench.page.locator(".quick-input-list .monaco-list-row");
    await workbench.page.locator(".statusbar-item", { hasText: "Unmask" }).click();
    await rows.filter({ hasText: "Choose model" }).click();
    await rows.filter({ hasText: "GGUF" }).waitFor();
    const labels = await rows.evaluateAll((all) => all.map((row) => row.getAttribute("aria-label") ?? ""));
    assert.match(labels[0]!, /Qwen2\.5-Coder 0\.5B.*not in use.*491 MB.*Apache-2\.0.*python/);
    assert.match(labels[2]!, /check.*prepared model/);
    assert.ok(labels[2]!.includes(process.env["UNMASK_MODEL_DIR"]!), labels[2]);
    await workbench.screenshot("choose-model");
    await workbench.press("Escape");
  });
});
