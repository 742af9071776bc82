import assert from "node:assert/strict";
import { STILL_EDITOR } from "../kit/quietSettings";
import { until } from "../kit/until";
import { openWithModel } from "./openWithModel";
import type { Workbench } from "./workbench";

/** Generous: the machine may be slow, and a hang is what is looked for. */
const TYPING_LIMIT_MS = 20_000;
const THINKING_LIMIT_MS = 60_000;
const TAIL = "let x = ";

describe("Unmask in a real VS Code in huge files", () => {
  let workbench: Workbench;
  before(async function () {
    // Or VS Code asks first whether a file of over 10 MB shall be opened.
    workbench = await openWithModel(this, { ...STILL_EDITOR, "workbench.editorLargeFileConfirmation": 100 });
  });
  after(() => workbench?.close());

  for (const [title, name, content] of [
    ["20 MB in many lines", "huge.ts", manyLines(20e6)],
    ["5 MB in one line, as minified", "minified.js", oneLine(5e6)],
  ] as const) {
    it(`lets one type in ${title}: nothing hangs, and nothing fails in the log`, async () => {
      await workbench.openWith(name, content);
      // Where the text before the cursor, and in one of the files its line, is longest; the pause is for a suggestion.
      await workbench.press("Control+End");
      await workbench.type(TAIL);
      await workbench.page.waitForTimeout(1_000);
      await workbench.press("Escape");
      const startedMs = performance.now();
      await workbench.type("\n12345");
      await untilShown(workbench, "12345");
      await workbench.screenshot(`huge-${name}`);
      console.log(`      ${Math.round(performance.now() - startedMs)} ms until the text was there`);
      await workbench.press("Control+Home");
      await workbench.type("67890;");
      await untilShown(workbench, "67890;");
      await until(
        async () => !/thinking|loading/.test(await workbench.status()),
        THINKING_LIMIT_MS,
        async () => `the status item reads "${await workbench.status()}"`,
      );
      assert.match(await workbench.status(), /Unmask: ready/);
      const saved = (await workbench.saved(name)).toString();
      assert.ok(saved.startsWith("67890;") && saved.trimEnd().endsWith(`${TAIL}\n12345`), "what was typed is not what is saved");
      assert.equal(saved.length, content.length + TAIL.length + "\n12345".length + "67890;".length);
      assert.deepEqual(complaints(workbench), []);
      assert.deepEqual(await workbench.toasts(), []);
    });
  }

  it("suggests in a file of common size afterwards", async () => {
    await workbench.openWith("afterwards.ts", "export function area(width: number, height: number): number {\n  \n}\n");
    await workbench.goTo(2, 3);
    await workbench.type("return ");
    await workbench.untilGhostText();
  });
});

async function untilShown(workbench: Workbench, text: string): Promise<void> {
  await until(
    async () => (await workbench.page.locator(".editor-group-container.active .view-lines").first().innerText()).includes(text),
    TYPING_LIMIT_MS,
    () => Promise.resolve(`"${text}" does not come into the editor`),
  );
}

/** Lines of the extension host's log, and of Unmask's own, that tell of a failure in Unmask. */
function complaints(workbench: Workbench): string[] {
  const host = workbench.log("remoteexthost.log");
  assert.notEqual(host, "", "there is no log of the extension host");
  const own = workbench.log("Unmask.log");
  assert.notEqual(own, "", "there is no log of Unmask");
  return [
    ...host.split("\n").filter((line) => /\[error\].*unmask|extension\.cjs/i.test(line)),
    ...own.split("\n").filter((line) => /\[(error|warning)\]/.test(line)),
  ];
}

function manyLines(bytes: number): string {
  const lines: string[] = [];
  for (let length = 0, index = 0; length < bytes; index++) {
    const line = `export const value${index} = (first: number, second: number): number => first * ${index} + second;`;
    lines.push(line);
    length += line.length + 1;
  }
  return lines.join("\n");
}

function oneLine(bytes: number): string {
  const part = "function f(a,b){return a?b.map(c=>c*2).filter(Boolean):[]};";
  return part.repeat(Math.ceil(bytes / part.length));
}
