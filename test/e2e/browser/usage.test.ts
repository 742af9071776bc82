import assert from "node:assert/strict";
import { STILL_EDITOR } from "../kit/quietSettings";
import { until } from "../kit/until";
import { openWithModel } from "./openWithModel";
import type { Workbench } from "./workbench";

const AREA = "export function area(width: number, height: number): number {\n  \n}\n";
/** Longer than an answer takes, so that one would have come. */
const QUIET_MS = 4_000;

/** The count in a row of the table of fates. */
async function countOf(workbench: Workbench, fate: string): Promise<number> {
  const row = workbench.webview().getByRole("row", { name: new RegExp(`^${fate} \\d`) });
  return Number((await row.getByRole("cell").first().innerText()).replaceAll(",", ""));
}

async function untilCount(workbench: Workbench, fate: string, wanted: number): Promise<void> {
  let seen: number | undefined;
  await until(
    async () => (seen = await countOf(workbench, fate)) === wanted,
    15_000,
    () => Promise.resolve(`${fate}: ${seen}, not ${wanted}`),
  );
}

async function showStatistics(workbench: Workbench): Promise<void> {
  await workbench.command("Unmask: Show Statistics");
  await workbench.webview().locator("svg.plot").waitFor();
}

describe("statistics and snooze in a real VS Code", () => {
  let workbench: Workbench;
  before(async function () {
    workbench = await openWithModel(this, STILL_EDITOR);
  });
  after(() => workbench?.close());

  async function typeIn(name: string): Promise<void> {
    await workbench.openWith(name, AREA);
    await workbench.goTo(2, 3);
    await workbench.type("return ");
  }

  it("counts what Tab takes, what is taken by words, typed, and dismissed", async () => {
    await typeIn("taken.ts");
    const taken = await workbench.untilGhostText();
    await workbench.press("Tab");
    await workbench.untilGhostTextIsNot(taken);

    await typeIn("words.ts");
    const words = await workbench.untilGhostText();
    await workbench.press("Control+ArrowRight");
    await workbench.untilGhostTextIsNot(words);
    await workbench.page.waitForTimeout(500);
    await workbench.press("Home");

    await typeIn("typed.ts");
    await workbench.type(await workbench.untilGhostText());

    await typeIn("dismissed.ts");
    await workbench.untilGhostText();
    await workbench.page.waitForTimeout(500);
    await workbench.type("0");
    await workbench.page.waitForTimeout(500);

    await showStatistics(workbench);
    const page = workbench.webview();
    await untilCount(workbench, "Accepted", 1);
    await untilCount(workbench, "Accepted in part", 1);
    await untilCount(workbench, "Typed to the end", 1);
    assert.ok((await countOf(workbench, "Dismissed")) >= 1);
    const chars = Number((await page.locator(".figure .value").first().innerText()).replaceAll(",", ""));
    assert.ok(chars > taken.length && chars < taken.length + words.length, `${chars} of "${taken}" and a part of "${words}"`);
    assert.match(await page.getByRole("row", { name: /^typescript/ }).innerText(), /\d/);
    assert.match((await page.locator("svg.plot").getAttribute("aria-label")) ?? "", new RegExp(`: ${chars}$`));
    await workbench.screenshot("statistics");
  });

  it("shows no number after all was deleted, which it asks about first", async () => {
    await showStatistics(workbench);
    const page = workbench.webview();
    await page.getByRole("button", { name: "Delete…" }).click();
    await workbench.page.locator(".monaco-dialog-box").waitFor();
    await workbench.screenshot("statistics-delete");
    await workbench.press("Escape");
    await workbench.page.locator(".monaco-dialog-box").waitFor({ state: "detached" });
    assert.ok((await countOf(workbench, "Accepted")) === 1, "something was deleted without a yes");
    await page.getByRole("button", { name: "Delete…" }).click();
    await workbench.page.locator(".monaco-dialog-box").getByRole("button", { name: "Delete" }).click();
    await page.locator(".empty").waitFor();
    assert.deepEqual(
      await page.locator(".figure .value").allInnerTexts(),
      Array.from({ length: 5 }, () => "nothing yet"),
    );
    await workbench.screenshot("statistics-empty");
  });

  it("is quiet while it is snoozed, says until when, and comes back when it is waked", async () => {
    await workbench.openWith("before.ts", AREA);
    // From the menu: the command opens a list of its own.
    await workbench.page.locator(".statusbar-item", { hasText: "Unmask" }).click();
    for (const choice of ["Snooze…", "For 15 minutes"])
      await workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: choice }).click();
    await workbench.untilStatus(/Unmask: snoozed until \d\d:\d\d/);
    await typeIn("snoozed.ts");
    await workbench.page.waitForTimeout(QUIET_MS);
    assert.equal(await workbench.ghostText(), "");
    assert.deepEqual(workbench.engines(), [], "the engine is still there");
    await workbench.screenshot("snoozed");
    await workbench.command("Unmask: Wake Suggestions Up");
    await workbench.untilStatus(/Unmask: ready/);
    await typeIn("waked.ts");
    await workbench.untilGhostText();
  });

  it("has a language status that says whether suggestions are on", async () => {
    await workbench.openWith("status.ts", AREA);
    await workbench.page.locator("#status\\.languageStatus").hover();
    const hover = workbench.page.locator(".hover-language-status", { hasText: "Unmask: suggestions on" });
    await hover.waitFor();
    assert.match(await hover.innerText(), /regions from the syntax tree/);
    await workbench.screenshot("language-status");
  });
});

describe("statistics where VS Code closes brackets", () => {
  let workbench: Workbench;
  before(async function () {
    workbench = await openWithModel(this, { ...STILL_EDITOR, "editor.autoClosingBrackets": "languageDefined" });
  });
  after(() => workbench?.close());

  it("count a suggestion as typed, whatever VS Code writes beside the keys", async () => {
    await workbench.openWith("closed.ts", AREA.replace("area", "larger"));
    await workbench.goTo(2, 3);
    await workbench.type("return Math.max");
    const ghost = await workbench.untilGhostText();
    assert.match(ghost, /^\([^\n]*\)/, "no brackets to close");
    await workbench.type(ghost);
    assert.match((await workbench.saved("closed.ts")).toString(), /return Math\.max\([^()]*\);?\n/);
    await showStatistics(workbench);
    await untilCount(workbench, "Typed to the end", 1);
    assert.equal(await countOf(workbench, "Accepted"), 0);
    assert.equal(await countOf(workbench, "Accepted in part"), 0);
  });
});
