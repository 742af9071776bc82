import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { STILL_EDITOR } from "../kit/quietSettings";
import { until } from "../kit/until";
import { e2eSettings } from "./e2eSettings";
import { openWithModel } from "./openWithModel";
import { shownReport } from "./shownReport";
import { skipWithoutModel } from "./skipWithoutModel";
import { Workbench } from "./workbench";

const BEGUN = `import { Appointment, overlapping } from "./calendar";
import { apiKeyOf } from "./secrets";
import { envKeyOf } from "./.env";
import { hiddenKeyOf } from "./hidden";
import { linkedKeyOf } from "./linked";

export function conflict(first: Appointment, second: Appointment): boolean {
  
}
`;

const CALENDAR = `export interface Appointment {
  readonly beginsAtMinute: number;
  readonly endsAtMinute: number;
}

export function overlapping(a: Appointment, b: Appointment): boolean {
  return a.beginsAtMinute < b.endsAtMinute && b.beginsAtMinute < a.endsAtMinute;
}
`;

/** Types on in the file just begun, and reads what that was answered from. */
async function reportOfNextWord(workbench: Workbench): Promise<string> {
  await workbench.openFile("begun.ts");
  await workbench.type("return ");
  await workbench.untilGhostText();
  return shownReport(workbench);
}

describe("the context of a completion in a real VS Code", () => {
  let workbench: Workbench;
  let outside: string | undefined;
  before(async function () {
    const settings = { ...STILL_EDITOR, "files.defaultLanguage": "typescript", "files.exclude": { "hidden.ts": true } };
    const files = {
      // It is there before VS Code watches: with news of one, which may come late, all is read anew.
      ".gitignore": "secrets.ts\n",
      "secrets.ts": 'export function apiKeyOf(): string {\n  return "hunter2-ignored";\n}\n',
      ".env": 'export function envKeyOf() {\n  return "hunter2-env";\n}\n',
      "hidden.ts": 'export function hiddenKeyOf() {\n  return "hunter2-hidden";\n}\n',
      "calendar.ts": CALENDAR,
    };
    workbench = await openWithModel(this, settings, files);
    outside = fs.mkdtempSync(path.join(os.tmpdir(), "unmask-outside-"));
    fs.writeFileSync(path.join(outside, "linked.ts"), 'export function linkedKeyOf() {\n  return "hunter2-linked";\n}\n');
    fs.symlinkSync(path.join(outside, "linked.ts"), path.join(workbench.project, "linked.ts"));
  });
  after(async () => {
    await workbench?.close();
    if (outside !== undefined) fs.rmSync(outside, { recursive: true, force: true });
  });

  it("shows what a file just begun imports, and nothing of what is ignored or excluded", async () => {
    await workbench.openWith("begun.ts", BEGUN);
    await workbench.goTo(8, 3);
    // What it imports is read between the keystrokes; all that is typed in a row is answered from what was known at its first key.
    await workbench.page.waitForTimeout(2_000);
    await workbench.type("return ");
    await workbench.untilGhostText();
    const report = await shownReport(workbench);
    await workbench.press("Control+Home");
    await workbench.page.waitForTimeout(300);
    await workbench.screenshot("context-report");
    assert.match(report, /path: `begun\.ts`/);
    assert.match(report, /readonly beginsAtMinute: number;/);
    assert.match(report, /return a\.beginsAtMinute < b\.endsAtMinute/);
    assert.match(report, /this file imports that one/);
    assert.match(report, /secrets\.ts`: git ignores it/);
    assert.match(report, /\.env`: `unmask\.exclude` names it/);
    assert.match(report, /hidden\.ts`: `files\.exclude` hides it/);
    assert.match(report, /linked\.ts`: it lies outside/);
    assert.match(report, /export function conflict/);
    assert.doesNotMatch(report, /hunter2/);
  });

  it("forgets at once what an ignore file names from now on", async () => {
    fs.writeFileSync(path.join(workbench.project, ".gitignore"), "secrets.ts\ncalendar.ts\n");
    let report = "";
    await until(
      async () => /calendar\.ts`: git ignores it/.test((report = await reportOfNextWord(workbench))),
      30_000,
      () => Promise.resolve(`the new rule was not heard: ${report}`),
    );
    assert.doesNotMatch(report, /readonly beginsAtMinute/);
  });

  it("shows a notebook's cells above the cursor's as what stands before", async () => {
    const cell = (source: string) => ({ cell_type: "code", execution_count: null, metadata: {}, outputs: [], source });
    const text = { cell_type: "markdown", metadata: {}, source: "What is told here is no code." };
    const cells = [cell("def double(number):\n    return number * 2"), text, cell("result = 1")];
    const metadata = { language_info: { name: "python" } };
    const notebook = JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 });
    fs.writeFileSync(path.join(workbench.project, "cells.ipynb"), notebook);
    const row = workbench.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: "cells.ipynb" });
    await until(
      async () => {
        // The search does not know a new file at once.
        await workbench.press("Escape", "Control+p");
        await workbench.page.locator(".quick-input-widget input").fill("cells.ipynb");
        await workbench.page.waitForTimeout(1_000);
        return (await row.count()) > 0;
      },
      30_000,
      () => Promise.resolve("quick open does not find the notebook"),
    );
    await workbench.press("Enter");
    await workbench.page.locator(".notebookOverlay .code-cell-row .view-lines", { hasText: "result" }).click();
    await workbench.press("Control+End");
    await workbench.type("\nother = double(");
    await workbench.untilGhostText();
    await workbench.screenshot("context-notebook");
    const report = await shownReport(workbench);
    assert.match(report, /path: `cells\.ipynb`/);
    assert.match(report, /def double\(number\):/);
    assert.match(report, /other = double\(/);
    assert.doesNotMatch(report, /no code/);
  });

  it("shows that a document without a name has no path and no pieces", async () => {
    await workbench.command("File: New Untitled Text File");
    await workbench.page.locator('.tab.active[data-resource-name^="Untitled"]').waitFor();
    await workbench.type("export function area(width: number, height: number): number {\nreturn width * ");
    await workbench.untilGhostText();
    const report = await shownReport(workbench);
    assert.match(report, /path: none, the document has no name/);
    assert.match(report, /a document without a name gets none/);
  });
});

describe("the context where git runs", () => {
  let workbench: Workbench;
  before(async function () {
    workbench = await openWithModel(this, { ...STILL_EDITOR, "git.enabled": true, "git.autoRepositoryDetection": true });
    const git = (...args: string[]): Buffer => execFileSync("git", args, { cwd: workbench.project });
    workbench.write("only-git-knows", "secrets.ts\n");
    workbench.write("secrets.ts", 'export function apiKeyOf(): string {\n  return "hunter2-ignored";\n}\n');
    workbench.write("calendar.ts", CALENDAR);
    git("init", "-q");
    git("config", "core.excludesFile", path.join(workbench.project, "only-git-knows"));
  });
  after(() => workbench?.close());

  it("leaves out what git alone knows to be ignored", async () => {
    await workbench.openWith("begun.ts", BEGUN);
    await workbench.goTo(8, 3);
    // The Git extension finds the repository some moments after the first file in it is opened.
    let report = await reportOfNextWord(workbench);
    await until(
      async () => /secrets\.ts`: git ignores it/.test((report = await reportOfNextWord(workbench))),
      60_000,
      () => Promise.resolve(`git was not heard: ${report}`),
    );
    assert.doesNotMatch(report, /hunter2/);
    assert.match(report, /readonly beginsAtMinute: number;/);
  });
});

describe("the context before any completion", () => {
  let workbench: Workbench;
  before(async function () {
    skipWithoutModel(this);
    workbench = await Workbench.open(e2eSettings());
    await workbench.untilStatus(/Unmask: /);
  });
  after(() => workbench?.close());

  it("is none, which is said in a sentence", async () => {
    await workbench.command("Unmask: Show Context of Last Completion");
    await workbench.untilToast();
    assert.deepEqual(await workbench.toasts(), ["Nothing has been completed in this window yet: type in a file first."]);
  });
});
