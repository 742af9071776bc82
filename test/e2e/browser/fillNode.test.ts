import assert from "node:assert/strict";
import { STILL_EDITOR } from "../kit/quietSettings";
import { until } from "../kit/until";
import { emptyHome, type EmptyHome } from "./emptyHome";
import { Workbench } from "./workbench";

const AREA = "function area(width, height) {\n  return grow(width * height, 1);\n}\n";

describe("Fill Syntax Node in a real VS Code", () => {
  let workbench: Workbench;
  let home: EmptyHome;
  before(async () => {
    home = emptyHome();
    workbench = await Workbench.open({ ...STILL_EDITOR, "unmask.model.download": "never" }, home.env);
    await workbench.openWith("area.js", AREA);
  });
  after(async () => {
    await workbench?.close();
    home?.remove();
  });

  const rows = () => workbench.page.locator(".quick-input-list .monaco-list-row .label-name").allInnerTexts();
  const marks = () => workbench.page.locator('.view-overlays [class*="ced-"]').count();
  async function untilRows(expected: readonly string[]): Promise<void> {
    await until(
      async () => JSON.stringify(await rows()) === JSON.stringify(expected),
      10_000,
      async () => `the list holds ${JSON.stringify(await rows())}`,
    );
  }
  const AROUND_WIDTH = ["Expression", "Expression", "Arguments", "Expression", "Body of area", "Statement", "Here"];

  it("lists what is around the cursor, innermost first, and marks what the focus is on", async () => {
    await workbench.goTo(2, 15);
    await workbench.command("Unmask: Fill Syntax Node…", "list");
    await untilRows(AROUND_WIDTH);
    await until(
      async () => (await marks()) > 0,
      10_000,
      () => Promise.resolve("nothing is marked"),
    );
    await workbench.press("ArrowDown", "ArrowDown");
    await workbench.screenshot("fill-node");
    await workbench.press("Escape");
    await until(
      async () => (await marks()) === 0,
      10_000,
      async () => `${await marks()} marks are left`,
    );
    assert.equal((await workbench.saved("area.js")).toString(), AREA);
  });

  it("is what Fill Selection offers where nothing is selected", async () => {
    await workbench.goTo(2, 15);
    await workbench.command("Unmask: Fill Selection", "list");
    await untilRows(AROUND_WIDTH);
    await workbench.press("Escape");
  });

  it("gives the line and the block where there is no grammar", async () => {
    await workbench.openWith("steps.txt", "first\n  second\n  third\n");
    await workbench.goTo(2, 4);
    await workbench.command("Unmask: Fill Syntax Node…", "list");
    await untilRows(["Line", "Block", "Here"]);
    await workbench.press("Escape");
  });
});
