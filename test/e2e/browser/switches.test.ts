import assert from "node:assert/strict";
import { STILL_EDITOR } from "../kit/quietSettings";
import { openWithModel } from "./openWithModel";
import type { Workbench } from "./workbench";

const AREA = "export function area(width: number, height: number): number {\n  \n}\n";
/** Longer than an answer takes, so that one would have come. */
const QUIET_MS = 4_000;

describe("switching Unmask off and on in a real VS Code", () => {
  let workbench: Workbench;
  before(async function () {
    workbench = await openWithModel(this, STILL_EDITOR);
  });
  after(() => workbench?.close());

  async function typeIn(name: string, content = AREA, line = 2, column = 3): Promise<void> {
    await workbench.openWith(name, content);
    await workbench.goTo(line, column);
    await workbench.type("return ");
  }

  async function checkQuiet(): Promise<void> {
    await workbench.page.waitForTimeout(QUIET_MS);
    assert.equal(await workbench.ghostText(), "");
  }

  it("is off in every language and ends the engine, and on again, by the same command", async () => {
    await workbench.command("Unmask: Switch Suggestions On or Off");
    await workbench.untilStatus(/Unmask: off: click to switch it on/);
    await typeIn("off.ts");
    await checkQuiet();
    await workbench.screenshot("switched-off");
    assert.deepEqual(workbench.engines(), []);
    await workbench.command("Unmask: Switch Suggestions On or Off");
    await workbench.untilStatus(/Unmask: ready/);
    await typeIn("on.ts");
    await workbench.untilGhostText();
  });

  it("is off in one language while another goes on, and on again, by the same command", async () => {
    await workbench.openWith("switched.ts", AREA);
    await workbench.command("Unmask: Switch Suggestions On or Off for This Language");
    await workbench.untilStatus(/Unmask: off for typescript: click to switch it on/);
    await typeIn("off-language.ts");
    await checkQuiet();
    await workbench.screenshot("switched-off-language");
    await typeIn("other.py", "def area(width: int, height: int) -> int:\n    \n", 2, 5);
    await workbench.untilGhostText();
    await workbench.untilStatus(/Unmask: ready/);
    await workbench.openFile("switched.ts");
    await workbench.untilStatus(/Unmask: off for typescript/);
    await workbench.command("Unmask: Switch Suggestions On or Off for This Language");
    await workbench.untilStatus(/Unmask: ready/);
    await typeIn("on-language.ts");
    await workbench.untilGhostText();
  });

  it("offers the same in the menu that a click on the status item opens", async () => {
    await workbench.page.locator(".statusbar-item", { hasText: "Unmask" }).click();
    await workbench.page.locator(".quick-input-list .monaco-list-row").first().waitFor();
    await workbench.screenshot("menu-ready");
    await workbench.press("Enter");
    await workbench.untilStatus(/Unmask: off: /);
    await workbench.page.locator(".statusbar-item", { hasText: "Unmask" }).click();
    await workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: "Switch on" }).first().waitFor();
    await workbench.screenshot("menu-off");
    await workbench.press("Enter");
    await workbench.untilStatus(/Unmask: ready/);
  });
});
