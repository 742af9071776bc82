import assert from "node:assert/strict";
import { STILL_EDITOR } from "../kit/quietSettings";
import { openWithModel } from "./openWithModel";
import type { Workbench } from "./workbench";

describe("ghost text in a real VS Code", () => {
  let workbench: Workbench;
  before(async function () {
    workbench = await openWithModel(this, STILL_EDITOR);
  });
  after(() => workbench?.close());

  it("shows in the status bar that it is ready", async () => {
    assert.match(await workbench.status(), /Unmask/);
    await workbench.screenshot("ready");
  });

  it("appears while TypeScript is typed, and Tab writes it into the file", async () => {
    await workbench.openFile("inventory.ts");
    const before = (await workbench.saved("inventory.ts")).toString();
    await workbench.goTo(42, 4);
    await workbench.type("\n\ncountOf(sku: string): number {\nconst known = this.items.");
    const ghost = await workbench.untilGhostText();
    await workbench.screenshot("ghost-text-typescript");
    await workbench.press("Tab");
    await workbench.untilGhostTextIsNot(ghost);
    const after = (await workbench.saved("inventory.ts")).toString();
    const typed = `const known = this.items.${ghost.split("\n")[0]}`;
    assert.equal(after.split(typed).length, before.split(typed).length + 1, `"${typed}" did not come in:\n${after}`);
    await workbench.screenshot("accepted-typescript");
  });

  it("appears while Python is typed, and Tab writes it into the file", async () => {
    await workbench.openFile("schedule.py");
    await workbench.press("Control+End");
    await workbench.type("\n\ndef duration(appointment: Appointment) -> int:\nreturn appointment.end - ");
    const ghost = await workbench.untilGhostText();
    await workbench.screenshot("ghost-text-python");
    await workbench.press("Tab");
    await workbench.untilGhostTextIsNot(ghost);
    const after = (await workbench.saved("schedule.py")).toString();
    assert.ok(after.includes(`return appointment.end - ${ghost.split("\n")[0]}`), after);
  });

  it("is taken word by word with Control and Right", async () => {
    await workbench.openWith("words.ts", "export function area(width: number, height: number): number {\n  \n}\n");
    await workbench.goTo(2, 3);
    await workbench.type("return ");
    const ghost = await workbench.untilGhostText();
    await workbench.press("Control+ArrowRight");
    await workbench.screenshot("word-accepted");
    const line = (await workbench.saved("words.ts")).toString().split("\n")[1]!;
    const taken = line.slice("  return ".length);
    assert.ok(taken.length > 0, "nothing was taken");
    assert.ok(ghost.startsWith(taken), `"${taken}" is no head of "${ghost}"`);
    assert.ok(taken.length < ghost.length, `all of "${ghost}" was taken`);
  });

  it("goes with Escape, and leaves only what was typed", async () => {
    await workbench.openWith("dismiss.ts", "export function area(width: number, height: number): number {\n  \n}\n");
    await workbench.goTo(2, 3);
    await workbench.type("return ");
    const ghost = await workbench.untilGhostText();
    await workbench.press("Escape");
    await workbench.untilGhostTextIsNot(ghost);
    assert.equal(await workbench.ghostText(), "");
    await workbench.screenshot("dismissed");
    assert.equal((await workbench.saved("dismiss.ts")).toString().split("\n")[1], "  return ");
  });

  it("follows what is typed into it", async () => {
    await workbench.openWith("through.ts", "export function area(width: number, height: number): number {\n  \n}\n");
    await workbench.goTo(2, 3);
    await workbench.type("return ");
    const ghost = await workbench.untilGhostText();
    await workbench.type(ghost[0]!);
    await workbench.untilGhostTextReads(ghost.slice(1));
  });
});

describe("ghost text in files of other kinds", () => {
  let workbench: Workbench;
  before(async function () {
    workbench = await openWithModel(this, STILL_EDITOR);
  });
  after(() => workbench?.close());

  const area = ["export function area(width: number, height: number): number {", "  ", "}", ""];

  it("keeps the line ends of a file in CRLF", async () => {
    await workbench.openWith("crlf.ts", area.join("\r\n"));
    await workbench.goTo(2, 3);
    await workbench.type("return ");
    const ghost = await workbench.untilGhostText();
    await workbench.press("Tab");
    await workbench.untilGhostTextIsNot(ghost);
    const after = (await workbench.saved("crlf.ts")).toString();
    assert.match(after, /return \S/);
    assert.equal(after.replaceAll("\r\n", "").includes("\n"), false, "a bare line feed came in");
    assert.equal(after.replaceAll("\r\n", "").includes("\r"), false, "a bare carriage return came in");
  });

  it("keeps the byte order mark of a file", async () => {
    await workbench.openWith("bom.ts", `\uFEFF${area.join("\n")}`);
    await workbench.goTo(2, 3);
    await workbench.type("return ");
    const ghost = await workbench.untilGhostText();
    await workbench.press("Tab");
    await workbench.untilGhostTextIsNot(ghost);
    const after = await workbench.saved("bom.ts");
    assert.deepEqual([...after.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
    assert.equal(after.indexOf("\uFEFF", 3), -1, "a second mark came in");
  });

  it("survives an empty file, and goes on", async () => {
    await workbench.openWith("empty.py", "");
    await workbench.type("import ");
    await workbench.type("json\n");
    assert.match((await workbench.saved("empty.py")).toString(), /^import json\n/);
    await workbench.openWith("next.ts", area.join("\n"));
    await workbench.goTo(2, 3);
    await workbench.type("return ");
    await workbench.untilGhostText();
  });
});

describe("ghost text among VS Code's own defaults", () => {
  let workbench: Workbench;
  before(async function () {
    workbench = await openWithModel(this, {});
  });
  after(() => workbench?.close());

  it("appears with quick suggestions and closing brackets on, and leaves the brackets in pairs", async () => {
    await workbench.openWith("defaults.ts", "export function total(prices: readonly number[]): number {\n  \n}\n");
    await workbench.goTo(2, 3);
    await workbench.type("return prices.reduce(");
    const ghost = await workbench.untilGhostText();
    await workbench.screenshot("defaults");
    await workbench.press("Tab");
    await workbench.untilGhostTextIsNot(ghost);
    const after = (await workbench.saved("defaults.ts")).toString();
    assert.ok(after.includes(`return prices.reduce(${ghost.slice(0, 3)}`), after);
    for (const [open, close] of ["()", "[]", "{}"].map((pair) => pair.split("") as [string, string]))
      assert.equal(after.split(open).length, after.split(close).length, `${open} and ${close} differ in number:\n${after}`);
  });
});
