import assert from "node:assert/strict";
import { openFixed, type Fixed } from "../fixed/openFixed";
import { pictureFailures } from "./pictureFailures";

const BODY = "const sum = first + second;\n  console.log(sum);\n  return sum;";

describe("accepting ghost text, among VS Code's own defaults", () => {
  let fixed: Fixed;
  before(async () => {
    fixed = await openFixed();
  });
  after(() => fixed?.close());
  pictureFailures(() => fixed?.workbench);

  const text = async (name: string): Promise<string> => (await fixed.workbench.saved(name)).toString();

  it("is one step for undo, which leaves what was typed", async () => {
    const { workbench, model } = fixed;
    model.writes("const once = ", "prepare(items);");
    await workbench.openAt("undo.ts", "‸");
    await workbench.type("const once = ");
    await workbench.untilGhostTextReads("prepare(items);");
    await workbench.press("Tab");
    assert.equal(await text("undo.ts"), "const once = prepare(items);");
    await workbench.press("Control+z");
    assert.equal(await text("undo.ts"), "const once = ");
  });

  it("takes a word at a time, and the rest stays to be taken", async () => {
    const { workbench, model } = fixed;
    model.writes("const words = ", "first + second + third;");
    await workbench.openAt("word-by-word.ts", "‸");
    await workbench.type("const words = ");
    await workbench.untilGhostTextReads("first + second + third;");
    await workbench.press("Control+ArrowRight");
    await workbench.untilGhostTextReads(" + second + third;");
    assert.equal(await text("word-by-word.ts"), "const words = first");
    await workbench.press("Tab");
    await workbench.untilGhostTextReads("");
    assert.equal(await text("word-by-word.ts"), "const words = first + second + third;");
  });

  it("offers several lines in an empty body, and takes them as one step for undo", async () => {
    const { workbench, model } = fixed;
    const around = "function add(first: number, second: number): number {\n  ";
    model.writes("add(first: number, second: number): number {\n  ", BODY);
    await workbench.openAt("body.ts", `${around}‸\n}\n`);
    await workbench.type("c");
    await workbench.press("Backspace");
    await workbench.untilGhostTextReads(BODY);
    await workbench.screenshot("several-lines");
    await workbench.press("Tab");
    await workbench.untilGhostTextReads("");
    assert.equal(await text("body.ts"), `${around}${BODY}\n}\n`);
    await workbench.press("Control+z");
    assert.equal(await text("body.ts"), `${around}\n}\n`);
  });

  it("takes one line of several, and the rest stays to be taken", async () => {
    const { workbench, model } = fixed;
    const around = "function line(first: number, second: number): number {\n  ";
    model.writes("line(first: number, second: number): number {\n  ", BODY);
    await workbench.openAt("line.ts", `${around}‸\n}\n`);
    await workbench.type("c");
    await workbench.press("Backspace");
    await workbench.untilGhostTextReads(BODY);
    await workbench.press("Control+Alt+l");
    await workbench.untilGhostTextReads("  console.log(sum);\n  return sum;");
    await workbench.press("Tab");
    await workbench.untilGhostTextReads("");
    assert.equal(await text("line.ts"), `${around}${BODY}\n}\n`);
  });

  it("writes several lines with the file's own line ends", async () => {
    const { workbench, model } = fixed;
    const around = "function ends(first: number, second: number): number {\n  ";
    model.writes("ends(first: number, second: number): number {\n  ", BODY);
    await workbench.openAt("ends.ts", `${around}‸\n}\n`.replaceAll("\n", "\r\n"));
    await workbench.type("c");
    await workbench.press("Backspace");
    await workbench.untilGhostTextReads(BODY);
    await workbench.press("Tab");
    await workbench.untilGhostTextReads("");
    assert.equal(await text("ends.ts"), `${around}${BODY}\n}\n`.replaceAll("\n", "\r\n"));
  });

  it("keeps a file's tabs", async () => {
    const { workbench, model } = fixed;
    const body = "\tif (ready) {\n\t\treturn;\n\t}";
    model.writes("function tabs(ready: boolean) {\n\t", body.slice(1));
    await workbench.openAt("tabs.ts", "function tabs(ready: boolean) {\n\t‸\n}\n");
    await workbench.type("c");
    await workbench.press("Backspace");
    await workbench.untilGhostText();
    await workbench.press("Tab");
    await workbench.untilGhostTextReads("");
    assert.equal(await text("tabs.ts"), `function tabs(ready: boolean) {\n${body}\n}\n`);
  });

  it("is indented by the editor's unit in a file that has none yet, whatever the model writes, and stays so while it is typed", async () => {
    const { workbench, model } = fixed;
    for (const [name, own] of [
      ["spaces", "    "],
      ["tabs", "\t"],
    ] as const) {
      const body = `if (ready) {\n${own}${own}return 1;\n${own}}\n${own}return 2;`;
      model.writes(`unit_${name}(ready: boolean) {\n${own}`, `if (ready) {\n${own}  return 1;\n${own}}\n${own}return 2;`);
      await workbench.openAt(`unit-${name}.ts`, "‸");
      if (name === "tabs") await workbench.choose("Indent Using Tabs", "4");
      await workbench.type(`function unit_${name}(ready: boolean) {`);
      await workbench.press("Enter");
      await workbench.untilGhostText();
      const asked = model.asked;
      await workbench.type("if (");
      await workbench.untilGhostText();
      assert.equal(model.asked, asked);
      await workbench.press("Tab");
      await workbench.untilGhostTextReads("");
      assert.equal(await text(`unit-${name}.ts`), `function unit_${name}(ready: boolean) {\n${own}${body}\n}`);
    }
  });

  it("with several cursors writes the same at each", async () => {
    const { workbench, model } = fixed;
    model.writes("const many = ", "all;");
    await workbench.openAt("many.ts", "‸\n\n");
    await workbench.press("Shift+Alt+ArrowDown");
    await workbench.type("const many = ");
    assert.match(await workbench.untilGhostText(), /^(all;)+$/);
    await workbench.screenshot("several-cursors");
    await workbench.press("Tab");
    await workbench.untilGhostTextReads("");
    assert.equal(await text("many.ts"), "const many = all;\nconst many = all;\n");
  });
});
