import assert from "node:assert/strict";
import { STILL_EDITOR } from "../kit/quietSettings";
import { openWithModel } from "./openWithModel";
import type { Workbench } from "./workbench";

const ORDERS = `class Orders:
    def __init__(self, lines):
        self.lines = lines

    def total(self):
        return sum(line.price * line.quantity for line in self.lines)

`;

describe("alternatives in a real VS Code", () => {
  let workbench: Workbench;
  before(async function () {
    workbench = await openWithModel(this, STILL_EDITOR);
  });
  after(() => workbench?.close());

  async function line(name: string, number: number): Promise<string> {
    return (await workbench.saved(name)).toString().split("\n")[number - 1]!;
  }

  it("shows another way to go on with Alt and ], comes back with Alt and [, and Tab takes the one that is shown", async () => {
    await workbench.openWith("orders.py", ORDERS);
    await workbench.goTo(7, 1);
    await workbench.type("    def ");
    const first = await workbench.untilGhostText();
    await workbench.press("Alt+]");
    // Three branches are denoised.
    await workbench.untilGhostTextIsNot(first, 30_000);
    const second = await workbench.untilGhostText();
    await workbench.screenshot("alternative");
    await workbench.press("Alt+[");
    await workbench.untilGhostTextReads(first);
    await workbench.press("Alt+]");
    await workbench.untilGhostTextReads(second);
    await workbench.press("Tab");
    await workbench.untilGhostTextIsNot(second);
    assert.equal(await line("orders.py", 7), `    def ${second.split("\n")[0]}`);
  });

  it("takes only what comes before the first uncertain token with Control, Alt and Right, and offers the rest behind it", async () => {
    await workbench.openWith("certain.py", ORDERS);
    await workbench.goTo(7, 1);
    await workbench.type("    def average(sel");
    const ghost = await workbench.untilGhostText();
    await workbench.press("Control+Alt+ArrowRight");
    await workbench.untilGhostTextIsNot(ghost);
    const taken = (await line("certain.py", 7)).slice("    def average(sel".length);
    assert.ok(taken.length > 0 && ghost.startsWith(taken), `"${taken}" is no head of "${ghost}"`);
    if (taken !== ghost) assert.equal(await workbench.untilGhostText(), ghost.slice(taken.length));
  });
});
