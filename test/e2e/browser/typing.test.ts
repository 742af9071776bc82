import assert from "node:assert/strict";
import { openFixed, type Fixed } from "../fixed/openFixed";
import { pictureFailures } from "./pictureFailures";
import { until } from "../kit/until";
import { filmGhostText } from "./ghostFilm";

describe("ghost text while one types, among VS Code's own defaults", () => {
  let fixed: Fixed;
  before(async () => {
    fixed = await openFixed();
  });
  after(() => fixed?.close());
  pictureFailures(() => fixed?.workbench);

  it("stays as it is, without a blank frame and without a second request, while it is typed", async () => {
    const { workbench, model } = fixed;
    model.writes("const total = ", "prices.reduce(sum, 0);");
    await workbench.openAt("through.ts", "‸");
    await workbench.type("const total = ");
    assert.equal(await workbench.untilGhostText(), "prices.reduce(sum, 0);");
    const asked = model.asked;
    const frames = await filmGhostText(workbench.page, async () => {
      await workbench.type("prices.red");
      await workbench.untilGhostTextReads("uce(sum, 0);");
    });
    assert.deepEqual(
      frames.filter((frame) => frame === "" || !"prices.reduce(sum, 0);".endsWith(frame)),
      [],
      `it flickered: ${JSON.stringify(frames)}`,
    );
    assert.equal(model.asked, asked);
  });

  it("is whole again after Backspace, without a second request", async () => {
    const { workbench, model } = fixed;
    model.writes("const mean = ", "total / count;");
    await workbench.openAt("backspace.ts", "‸");
    await workbench.type("const mean = ");
    await workbench.untilGhostTextReads("total / count;");
    const asked = model.asked;
    await workbench.type("tot");
    await workbench.untilGhostTextReads("al / count;");
    await workbench.press("Backspace", "Backspace");
    await workbench.untilGhostTextReads("otal / count;");
    assert.equal(model.asked, asked);
  });

  it("goes where something else is typed, and nothing of it stays in the file", async () => {
    const { workbench, model, untilNothing } = fixed;
    model.writes("const least = ", "Infinity;");
    await workbench.openAt("other.ts", "‸");
    await workbench.type("const least = ");
    await workbench.untilGhostTextReads("Infinity;");
    await workbench.type("0; ");
    await untilNothing("empty");
    assert.equal((await workbench.saved("other.ts")).toString(), "const least = 0; ");
  });

  it("does not come back at the place where Escape dismissed it", async () => {
    const { workbench, model } = fixed;
    model.writes("const most = ", "Number.MAX_VALUE;");
    await workbench.openAt("escape.ts", "‸");
    await workbench.type("const most = ");
    await workbench.untilGhostTextReads("Number.MAX_VALUE;");
    const asked = model.asked;
    const frames = await filmGhostText(workbench.page, async () => {
      await workbench.press("Escape");
      await workbench.untilGhostTextReads("");
      // The adaptive delay, and what an answer takes.
      await workbench.page.waitForTimeout(700);
    });
    assert.deepEqual(frames, ["Number.MAX_VALUE;", ""]);
    assert.equal(model.asked, asked);
  });

  it("does not come in the middle of a word", async () => {
    const { workbench, model, untilNothing } = fixed;
    model.writes("const pre", "fix = 1;");
    await workbench.openAt("word.ts", "const pr‸paration = 1;\n");
    await workbench.type("e");
    await untilNothing("insideWord");
  });

  it("does not come before other code of the line", async () => {
    const { workbench, model, untilNothing } = fixed;
    model.writes("const both = ", "first + second;");
    await workbench.openAt("before-code.ts", "const both =‸first;\n");
    await workbench.type(" ");
    await untilNothing("textAfterCursor");
  });

  it("does not come in a comment, unless it is asked for by its command", async () => {
    const { workbench, model, untilNothing } = fixed;
    model.writes("// counts ", "all articles");
    await workbench.openAt("comment.ts", "const items = 1;\n‸\n");
    await workbench.type("// counts ");
    await untilNothing("insideComment");
    await workbench.command("Unmask: Suggest at Cursor");
    await workbench.untilGhostTextReads("all articles");
  });

  it("is not shown where the model is unsure, unless it is asked for by its command", async () => {
    const { workbench, model, untilNothing } = fixed;
    model.writes("const guess = ", [["perhaps", 0.1]]);
    await workbench.openAt("unsure.ts", "‸");
    await workbench.type("const guess = ");
    await untilNothing("unsure");
    await workbench.command("Unmask: Suggest at Cursor");
    await workbench.untilGhostTextReads("perhaps");
  });

  it("is asked for anew by its command, past what is known, and is of what is shown", async () => {
    const { workbench, model } = fixed;
    model.writes("const anew = ", "before();\nlater();");
    await workbench.openAt("anew.ts", "‸");
    await workbench.type("const anew = ");
    await workbench.untilGhostTextReads("before();");
    model.writes("const anew = ", "after();\nlater();");
    const asked = model.asked;
    await workbench.command("Unmask: Ask Anew");
    await workbench.untilGhostTextReads("after();");
    assert.equal(model.asked, asked + 1);
    await workbench.type("after");
    await workbench.untilGhostTextReads("();");
    await workbench.press("Tab");
    await workbench.untilGhostTextReads("");
    assert.equal((await workbench.saved("anew.ts")).toString(), "const anew = after();");
  });

  it("is asked for anew by its command however unsure, over several lines where it was shown so", async () => {
    const { workbench, model, untilNothing } = fixed;
    const writes = (name: string) =>
      model.writes("const doubt = ", [
        [name, 0.1],
        ["({\n", 0.1],
        ["    all,\n});", 0.1],
      ]);
    writes("before");
    await workbench.openAt("doubt.ts", "‸");
    await workbench.type("const doubt = ");
    await untilNothing("unsure");
    await workbench.command("Unmask: Suggest at Cursor");
    await workbench.untilGhostTextReads("before({\n    all,\n});");
    writes("after");
    await workbench.command("Unmask: Ask Anew");
    await workbench.untilGhostTextReads("after({\n    all,\n});");
  });

  it("ends before the first words that the model is unsure of", async () => {
    const { workbench, model } = fixed;
    model.writes("const price = ", [
      ["quantity", 0.999],
      [" *", 0.999],
      [" cents", 0.999],
      [" -", 0.15],
      [" discount", 0.15],
    ]);
    await workbench.openAt("head.ts", "‸");
    await workbench.type("const price = ");
    await workbench.untilGhostTextReads("quantity * cents");
  });

  it("is there for the next line right after Enter, which was denoised ahead", async () => {
    const { workbench, model } = fixed;
    model.writes("begin();\n", "end();");
    await workbench.openAt("ahead.ts", "‸");
    await workbench.type("begin();");
    await until(
      () => Promise.resolve(model.requests().at(-1)!.prefix === "begin();\n"),
      5_000,
      () => Promise.resolve("the next line is not asked for"),
    );
    const asked = model.asked;
    await workbench.press("Enter");
    await workbench.untilGhostTextReads("end();");
    assert.equal(model.asked, asked);
  });

  it("comes again after a selection is deleted, and after a paste", async () => {
    const { workbench, model } = fixed;
    model.writes("const kept = ", "old.map(copy);");
    model.writes("const kept = old", ";");
    await workbench.openAt("paste.ts", "const kept = new Map();‸\n");
    await workbench.press(...Array.from({ length: "new Map();".length }, () => "Shift+ArrowLeft"));
    await workbench.press("Delete");
    await workbench.type(" ");
    await workbench.press("Backspace");
    await workbench.untilGhostTextReads("old.map(copy);");
    await workbench.press("Home", "Shift+End", "Control+c", "End", "Enter", "Control+v");
    await workbench.untilGhostTextReads("old.map(copy);");
    assert.equal((await workbench.saved("paste.ts")).toString(), "const kept = \nconst kept = \n");
  });

  it("stands behind wide characters, and brings some, without hurting them", async () => {
    const { workbench, model } = fixed;
    model.writes('const faces = ["😀", ', '"👩‍🚀", "é"');
    await workbench.openAt("wide.ts", "‸");
    await workbench.page.keyboard.insertText('const faces = ["😀",');
    await workbench.type(" ");
    await workbench.untilGhostTextReads('"👩‍🚀", "é"');
    await workbench.screenshot("wide-characters");
    await workbench.press("Tab");
    await workbench.untilGhostTextReads("");
    assert.match((await workbench.saved("wide.ts")).toString(), /^const faces = \["😀", "👩‍🚀", "é"/);
  });

  it("comes at the end of a line of 5,000 characters", async () => {
    const { workbench, model } = fixed;
    model.writes("; last = ", "first;");
    await workbench.openWith("long.js", "a = 1; ".repeat(700));
    await workbench.press("Control+End");
    await workbench.type("; last = ");
    await workbench.untilGhostTextReads("first;");
  });

  it("is left alone by the find widget, which takes its own keys", async () => {
    const { workbench, model } = fixed;
    model.writes("const found = ", "search(text);");
    await workbench.openAt("find.ts", "‸");
    await workbench.type("const found = ");
    await workbench.untilGhostTextReads("search(text);");
    await workbench.press("Control+f");
    await workbench.page.locator(".find-widget.visible").waitFor();
    await workbench.type("found");
    await workbench.press("Escape");
    await workbench.type(" ");
    assert.equal((await workbench.saved("find.ts")).toString().includes("search"), false);
  });

  it("is not there while characters are composed, and what was composed comes in whole", async () => {
    const { workbench, model } = fixed;
    model.writes("const ", "never = 1;");
    model.writes("const 名前 = ", '"山";');
    await workbench.openAt("compose.ts", "‸");
    const keyboard = await workbench.page.context().newCDPSession(workbench.page);
    const compose = (text: string) =>
      keyboard.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    await workbench.type("const ");
    await workbench.untilGhostTextReads("never = 1;");
    const frames = await filmGhostText(workbench.page, async () => {
      for (const text of ["な", "なま", "なまえ", "名前"]) await compose(text);
      await workbench.screenshot("composing");
      await keyboard.send("Input.insertText", { text: "名前" });
    });
    assert.deepEqual(
      frames.slice(1).filter((frame) => frame !== ""),
      [],
      "ghost text beside what is composed",
    );
    await workbench.type(" = ");
    await workbench.untilGhostTextReads('"山";');
    await workbench.press("Tab");
    await workbench.untilGhostTextReads("");
    assert.equal((await workbench.saved("compose.ts")).toString(), 'const 名前 = "山";');
  });

  it("with closing brackets on leads into the bracket that VS Code has set, and writes none twice", async () => {
    const { workbench, model } = fixed;
    model.writes("add(", "first, second);");
    await workbench.openAt("brackets.ts", "‸");
    await workbench.type("add(");
    await workbench.untilGhostText();
    await workbench.screenshot("closing-brackets");
    await workbench.press("Tab");
    await workbench.untilGhostTextReads("");
    assert.equal((await workbench.saved("brackets.ts")).toString(), "add(first, second);");
  });

  it("with closing quotes on leads into the quote that VS Code has set, and writes none twice", async () => {
    const { workbench, model } = fixed;
    model.writes('const greeting = "', 'good day"');
    await workbench.openAt("quotes.ts", "‸");
    await workbench.type('const greeting = "');
    await workbench.untilGhostText();
    await workbench.press("Tab");
    await workbench.untilGhostTextReads("");
    assert.equal((await workbench.saved("quotes.ts")).toString(), 'const greeting = "good day"');
  });
});
