import assert from "node:assert/strict";
import { openFixed, type Fixed } from "../fixed/openFixed";
import { filmGhostText } from "./ghostFilm";
import { pictureFailures } from "./pictureFailures";

describe("ghost text beside an extension that takes all keys, as vim's do", () => {
  let fixed: Fixed;
  before(async () => {
    fixed = await openFixed({}, { beside: ["modal"] });
  });
  after(() => fixed?.close());
  pictureFailures(() => fixed?.workbench);

  const text = async (name: string): Promise<string> => (await fixed.workbench.saved(name)).toString();
  const untilMode = (mode: "insert" | "normal" | "edits") =>
    fixed.workbench.page.locator(".statusbar-item", { hasText: `-- ${mode} --` }).waitFor();

  async function normalIn(name: string): Promise<void> {
    await fixed.workbench.openAt(name, "‸");
    await fixed.workbench.press("Escape");
    await untilMode("normal");
  }

  /** Opens an empty file, and leaves normal mode. */
  async function insertIn(name: string): Promise<void> {
    await normalIn(name);
    await fixed.workbench.type("i");
    await untilMode("insert");
  }

  it("comes in insert mode, follows what is typed without a blank frame, and Tab takes it", async () => {
    const { workbench, model } = fixed;
    model.writes("const total = ", "prices.reduce(sum, 0);");
    await insertIn("insert.ts");
    await workbench.type("const total = ");
    await workbench.untilGhostTextReads("prices.reduce(sum, 0);");
    const asked = model.asked;
    const frames = await filmGhostText(workbench.page, async () => {
      await workbench.type("prices.");
      await workbench.untilGhostTextReads("reduce(sum, 0);");
    });
    assert.deepEqual(
      frames.filter((frame) => frame === "" || !"prices.reduce(sum, 0);".endsWith(frame)),
      [],
      `it flickered: ${JSON.stringify(frames)}`,
    );
    assert.equal(model.asked, asked);
    await workbench.press("Tab");
    await workbench.untilGhostTextReads("");
    assert.equal(await text("insert.ts"), "const total = prices.reduce(sum, 0);");
  });

  it("goes with the Escape that leaves insert mode; then keys are commands, Tab is too, and nothing is written", async () => {
    const { workbench, model } = fixed;
    model.writes("const rest = ", "all - taken;");
    model.writes("const res", "ult = 1;");
    await insertIn("normal.ts");
    await workbench.type("const rest = ");
    await workbench.untilGhostTextReads("all - taken;");
    await workbench.press("Escape");
    await untilMode("normal");
    await workbench.untilGhostTextReads("");
    const frames = await filmGhostText(workbench.page, async () => {
      await workbench.type("zzx");
      await workbench.press("Tab");
      await workbench.page.waitForTimeout(700);
    });
    assert.deepEqual(frames, [""]);
    assert.equal(await text("normal.ts"), "const rest =");
    await workbench.type("A");
    await untilMode("insert");
    await workbench.type(" ");
    await workbench.untilGhostTextReads("all - taken;");
    await workbench.press("Tab");
    await workbench.untilGhostTextReads("");
    assert.equal(await text("normal.ts"), "const rest = all - taken;");
  });

  it('goes with "jk", of which nothing stays in the file, and comes again in a line that "o" opens', async () => {
    const { workbench, model } = fixed;
    model.writes("\nconst second = ", "first + 1;");
    model.writes("const first = ", "0;");
    await insertIn("keys.ts");
    await workbench.type("const first = ");
    await workbench.untilGhostTextReads("0;");
    await workbench.press("Tab");
    await workbench.type("jk");
    await untilMode("normal");
    await workbench.untilGhostTextReads("");
    await workbench.type("o");
    await untilMode("insert");
    await workbench.type("const second = ");
    await workbench.untilGhostTextReads("first + 1;");
    await workbench.press("Tab");
    await workbench.untilGhostTextReads("");
    assert.equal(await text("keys.ts"), "const first = 0;\nconst second = first + 1;");
  });

  it("where keys come in by edits alone comes by its command, follows them, and Tab takes it", async () => {
    const { workbench, model } = fixed;
    model.writes("const edited = ", "by.hand();");
    await normalIn("edits.ts");
    await workbench.type("I");
    await untilMode("edits");
    await workbench.type("const edited = ");
    await workbench.command("Unmask: Suggest at Cursor");
    await workbench.untilGhostTextReads("by.hand();");
    await workbench.type("by");
    await workbench.untilGhostTextReads(".hand();");
    await workbench.press("Tab");
    await workbench.untilGhostTextReads("");
    assert.equal(await text("edits.ts"), "const edited = by.hand();");
  });
});
