import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { STILL_EDITOR } from "../kit/quietSettings";
import { e2eSettings } from "./e2eSettings";
import { openWithModel } from "./openWithModel";
import { skipWithoutModel } from "./skipWithoutModel";
import { Workbench } from "./workbench";

const BEGUN = `import { Appointment, overlapping } from "./calendar";
import { apiKeyOf } from "./secrets";
import { envKeyOf } from "./.env";

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

/** The whole report is longer than the screen: its beginning and its end are read. */
async function shownReport(workbench: Workbench): Promise<string> {
  await workbench.command("Unmask: Show Context of Last Completion");
  await workbench.page.locator('.tab.active[data-resource-name="Context of Last Completion.md"]').waitFor();
  const lines = workbench.page.locator(".editor-group-container.active .view-lines");
  const parts: string[] = [];
  await workbench.press("Control+Home");
  for (let page = 0; page < 6; page++) {
    // Each page's lines are drawn a moment after the key.
    await workbench.page.waitForTimeout(300);
    parts.push((await lines.first().innerText()).replaceAll("\u00a0", " "));
    await workbench.press("PageDown");
  }
  return parts.join("\n");
}

describe("the context of a completion in a real VS Code", () => {
  let workbench: Workbench;
  before(async function () {
    workbench = await openWithModel(this, { ...STILL_EDITOR, "files.defaultLanguage": "typescript" });
    const write = (name: string, text: string): void => fs.writeFileSync(path.join(workbench.project, name), text);
    write(".gitignore", "secrets.ts\n");
    write("secrets.ts", 'export function apiKeyOf(): string {\n  return "hunter2-ignored";\n}\n');
    write(".env", 'export function envKeyOf() {\n  return "hunter2-env";\n}\n');
    write("calendar.ts", CALENDAR);
  });
  after(() => workbench?.close());

  it("shows what a file just begun imports, and nothing of what is ignored or excluded", async () => {
    await workbench.openWith("begun.ts", BEGUN);
    await workbench.goTo(6, 3);
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
    assert.match(report, /export function conflict/);
    assert.doesNotMatch(report, /hunter2/);
  });

  it("shows that a document without a name has no path and no pieces", async () => {
    await workbench.command("New Untitled Text File");
    await workbench.page.locator('.tab.active[data-resource-name^="Untitled"]').waitFor();
    await workbench.type("export function area(width: number, height: number): number {\nreturn width * ");
    await workbench.untilGhostText();
    const report = await shownReport(workbench);
    assert.match(report, /path: none, the document has no name/);
    assert.match(report, /a document without a name gets none/);
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
