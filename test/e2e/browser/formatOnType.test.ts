import assert from "node:assert/strict";
import { openFixed, type Fixed } from "../fixed/openFixed";
import { pictureFailures } from "./pictureFailures";

describe("ghost text while a formatter changes the lines that are typed", () => {
  let fixed: Fixed;
  before(async () => {
    fixed = await openFixed({ "editor.formatOnType": true }, { beside: ["formats-on-type"] });
  });
  after(() => fixed?.close());
  pictureFailures(() => fixed?.workbench);

  const text = async (name: string): Promise<string> => (await fixed.workbench.saved(name)).toString();

  it("fits the formatted line where Enter has changed the one above, though the next was denoised ahead", async () => {
    const { workbench, model } = fixed;
    model.writes("first=1\n", "wrong(first);");
    model.writes("first = 1\n", "report(first);");
    await workbench.openAt("enter.ts", "‸");
    await workbench.type("const first=1");
    await workbench.press("Enter");
    await workbench.untilGhostTextReads("report(first);");
    await workbench.press("Tab");
    await workbench.untilGhostTextReads("");
    assert.equal(await text("enter.ts"), "const first = 1\nreport(first);");
  });

  it("is of the formatted line where that is changed behind what was asked", async () => {
    const { workbench, model } = fixed;
    model.writes("sum=a+b;", " // before");
    model.writes("sum = a + b;", " // after");
    await workbench.openAt("behind.ts", "‸");
    await workbench.type("const sum=a+b;");
    await workbench.untilGhostTextReads(" // after");
    await workbench.press("Tab");
    await workbench.untilGhostTextReads("");
    assert.equal(await text("behind.ts"), "const sum = a + b; // after");
  });

  it("goes where the line is changed while it is shown, and what is taken then is what is shown then", async () => {
    const { workbench, model } = fixed;
    const head = "// formatted after 6000 ms\n";
    model.writes("late=a+b;", " // before");
    model.writes("late = a + b;", " // after");
    await workbench.openAt("late.ts", `${head}‸`);
    await workbench.type("const late=a+b;");
    await workbench.untilGhostTextReads(" // before");
    await workbench.page.locator(".view-line", { hasText: "late = a + b;" }).waitFor();
    await workbench.untilGhostTextReads(" // after");
    await workbench.screenshot("formatted-while-shown");
    await workbench.press("Tab");
    await workbench.untilGhostTextReads("");
    assert.equal(await text("late.ts"), `${head}const late = a + b; // after`);
  });

  it("is written as it was shown where Tab comes before the formatter, which then leaves it alone", async () => {
    const { workbench, model } = fixed;
    const head = "// formatted after 6000 ms\n";
    model.writes("early=a+b;", " // kept");
    await workbench.openAt("early.ts", `${head}‸`);
    await workbench.type("const early=a+b;");
    await workbench.untilGhostTextReads(" // kept");
    await workbench.press("Tab");
    await workbench.untilGhostTextReads("");
    await workbench.page.waitForTimeout(6_500);
    assert.equal(await text("early.ts"), `${head}const early=a+b; // kept`);
  });

  it("is not formatted when it is taken: what is in the file is what was shown", async () => {
    const { workbench, model } = fixed;
    model.writes("const shown = ", "x=>x+1;");
    await workbench.openAt("shown.ts", "‸");
    await workbench.type("const shown = ");
    await workbench.untilGhostTextReads("x=>x+1;");
    await workbench.press("Tab");
    await workbench.untilGhostTextReads("");
    assert.equal(await text("shown.ts"), "const shown = x=>x+1;");
  });
});
