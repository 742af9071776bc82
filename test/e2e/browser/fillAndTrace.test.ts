import assert from "node:assert/strict";
import { STILL_EDITOR } from "../kit/quietSettings";
import { until } from "../kit/until";
import { openWithModel } from "./openWithModel";
import type { Workbench } from "./workbench";

/** A loop's body is what is masked; the model sees what it is for on both sides. */
const SUM = [
  "export function sum(values: readonly number[]): number {",
  "  let total = 0;",
  "  for (const value of values) {",
  "    // masked",
  "  }",
  "  return total;",
  "}",
  "",
].join("\n");

/** Not asked before: the engine remembers what it wrote, and writes the same once more in a single pass. */
const LONGEST = SUM.replace("sum(values: readonly number[]): number", "longest(words: readonly string[]): string")
  .replace("total = 0", 'best = ""')
  .replace("const value of values", "const word of words")
  .replace("return total", "return best");

describe("Fill Selection in a real VS Code", () => {
  let workbench: Workbench;
  before(async function () {
    workbench = await openWithModel(this, STILL_EDITOR);
  });
  after(() => workbench?.close());

  async function fillBodyOf(name: string, text = SUM): Promise<void> {
    await workbench.openWith(name, text);
    await workbench.goTo(4, 5);
    await workbench.press("Shift+End");
    await workbench.command("Unmask: Fill Selection");
    await workbench.page.locator(".monaco-diff-editor .editor.modified .view-line").first().waitFor({ timeout: 60_000 });
  }

  it("previews what it would write, and the file is as it was", async () => {
    await fillBodyOf("preview.ts");
    await workbench.screenshot("fill-preview");
    await workbench.command("Unmask: Discard Fill");
    await workbench.page.locator(".monaco-diff-editor").waitFor({ state: "detached" });
    assert.equal((await workbench.saved("preview.ts")).toString(), SUM);
  });

  it("writes the fill when it is accepted, and takes it back with one undo", async () => {
    await fillBodyOf("accept.ts");
    await workbench.command("Unmask: Accept Fill");
    await workbench.page.locator(".monaco-diff-editor").waitFor({ state: "detached" });
    const filled = (await workbench.saved("accept.ts")).toString();
    await workbench.screenshot("fill-accepted");
    assert.notEqual(filled, SUM);
    const [head, tail] = SUM.split("// masked") as [string, string];
    assert.ok(filled.startsWith(head) && filled.endsWith(tail), `text outside the selection changed:\n${filled}`);
    await workbench.press("Control+z");
    assert.equal((await workbench.saved("accept.ts")).toString(), SUM);
  });

  it("leaves its passes in the denoising trace, where one can step back to the masks", async () => {
    await fillBodyOf("trace.ts", LONGEST);
    await workbench.command("Unmask: Discard Fill");
    await workbench.page.locator(".monaco-diff-editor").waitFor({ state: "detached" });
    await workbench.command("Unmask: Show Denoising Trace");
    const trace = workbench.webview();
    await trace.locator(".transport").waitFor();
    await trace.locator(".code").waitFor();
    await workbench.screenshot("trace-last-pass");
    const last = await trace.locator(".readout").innerText();
    assert.match(last, /pass \d+/i);
    await trace.getByRole("button", { name: /^First pass/ }).click();
    await until(
      async () => (await trace.locator(".readout").innerText()) !== last,
      5_000,
      () => Promise.resolve(`the panel stays at "${last}"`),
    );
    await workbench.screenshot("trace-first-pass");
    await trace.getByRole("button", { name: /^Next pass/ }).click();
    assert.match(await trace.locator(".code").innerText(), /best/, "the canvas does not stand in its code");
  });
});
