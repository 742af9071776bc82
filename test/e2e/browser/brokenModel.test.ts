import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { linkTree } from "../kit/linkTree";
import { STILL_EDITOR } from "../kit/quietSettings";
import { UNPACKED } from "../kit/root";
import { e2eSettings } from "./e2eSettings";
import { Workbench } from "./workbench";

const TYPED = "const answer = 42;\nconst question = answer + 1;\n";

describe("Unmask in a real VS Code when something on the disk is broken", () => {
  let folder: string;
  let workbench: Workbench | undefined;
  beforeEach(function () {
    if (process.env["UNMASK_MODEL_DIR"] === undefined) {
      console.log("      not run: there is no real model (UNMASK_MODEL_DIR)");
      this.skip();
    }
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "unmask-broken-"));
  });
  afterEach(async () => {
    await workbench?.close();
    workbench = undefined;
    if (folder !== undefined) fs.rmSync(folder, { recursive: true, force: true });
  });

  it("says that the weights are cut off, once, and what to do; the editor goes on", async () => {
    const [model, weights] = linkedModel(folder, "model.onnx.data");
    fs.writeFileSync(weights, Buffer.alloc(1_000_000));
    workbench = await openOn(model);
    await workbench.untilStatus(/model\.onnx\.data is damaged \(1000000 bytes, not \d+\): /);
    await checkOffers(workbench, ["Get Model"], "weights-cut");
    await checkGoesOn(workbench);
    const [toast, ...others] = await workbench.toasts();
    assert.ok(toast?.startsWith(`${weights} is damaged`), toast);
    assert.deepEqual(others, []);
  });

  it("says it once where a fill is the first to meet it, and then that the folder is the user's own", async () => {
    const [model, weights] = linkedModel(folder, "model.onnx.data");
    fs.writeFileSync(weights, Buffer.alloc(1_000_000));
    workbench = await openOn(model, undefined, { "unmask.enable": false });
    await workbench.untilStatus(/Unmask: off/);
    await workbench.type("const answer = ");
    await workbench.command("Unmask: Fill Selection", "list");
    await workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: "insert at the cursor" }).click();
    await checkOffers(workbench, ["Get Model"], "fill-on-damaged");
    await workbench.page.locator(".notification-toast .monaco-button", { hasText: "Get Model" }).click();
    await workbench.page.locator(".notification-toast .monaco-button", { hasText: "Open Settings" }).waitFor();
    await workbench.screenshot("get-model-into-own-folder");
    assert.ok(fs.existsSync(weights), "the user's own folder was touched");
  });

  it("says that the graph is garbage, once, and what to do; the editor goes on", async () => {
    const [model, graph] = linkedModel(folder, "model.onnx");
    fs.writeFileSync(graph, Buffer.alloc(fs.statSync(path.join(process.env["UNMASK_MODEL_DIR"]!, "model.onnx")).size, "garbage "));
    workbench = await openOn(model);
    await workbench.untilStatus(/model\.onnx is damaged /);
    await checkOffers(workbench, ["Get Model"], "graph-garbage");
    await checkGoesOn(workbench);
    assert.equal((await workbench.toasts()).length, 1);
  });

  it("says that the engine's program is gone, once, and what to do; the editor goes on", async () => {
    const extension = path.join(folder, "extension");
    linkTree(UNPACKED, extension);
    // As a virus scanner does.
    fs.rmSync(path.join(extension, "dist/engine.cjs"));
    workbench = await openOn(process.env["UNMASK_MODEL_DIR"]!, extension);
    await workbench.untilStatus(/Unmask: The engine does not start \(.*engine\.cjs.*\): run "Unmask: Show Log"/);
    // Each pause in the typing is another try, until it is clear that none will do.
    while (!/4 times in a row/.test(await workbench.status())) {
      await workbench.type("const a = 1;\n");
      await workbench.page.waitForTimeout(1_000);
    }
    await workbench.untilStatus(/Unmask: The engine stopped 4 times in a row \(.*\): run "Unmask: Restart Engine"/);
    await checkOffers(workbench, ["Restart Engine", "Show Log"], "engine-gone");
    await checkGoesOn(workbench);
    assert.equal((await workbench.toasts()).length, 1, (await workbench.toasts()).join("\n"));
    assert.deepEqual(workbench.engines(), []);
  });
});

async function openOn(model: string, extension?: string, settings: object = {}): Promise<Workbench> {
  const workbench = await Workbench.open(
    { ...e2eSettings(), ...STILL_EDITOR, "unmask.model.path": model, ...settings },
    { UNMASK_MODEL_DIR: "" },
    extension,
  );
  try {
    await workbench.openWith("note.ts", "");
    return workbench;
  } catch (error) {
    await workbench.close();
    throw error;
  }
}

/** Looks that a notification offers what to do. */
async function checkOffers(workbench: Workbench, buttons: readonly string[], screenshot: string): Promise<void> {
  await workbench.untilToast();
  await workbench.screenshot(screenshot);
  assert.deepEqual(await workbench.toastButtons(), buttons);
}

/** Types, and looks that it comes in, that the status item still says what is wrong, and that it did not think for ever. */
async function checkGoesOn(workbench: Workbench): Promise<void> {
  await workbench.openWith("goes-on.ts", "");
  await workbench.type(TYPED);
  assert.equal((await workbench.saved("goes-on.ts")).toString(), TYPED);
  assert.equal(await workbench.ghostText(), "");
  assert.match(await workbench.status(), /: run "Unmask: |unmask\./);
}

/** A folder with links to the real model's files, but for one. @returns the folder, and where that one belongs */
function linkedModel(folder: string, without: string): [string, string] {
  const model = path.join(folder, "model");
  fs.mkdirSync(model);
  const real = process.env["UNMASK_MODEL_DIR"]!;
  for (const name of fs.readdirSync(real)) if (name !== without) fs.symlinkSync(path.resolve(real, name), path.join(model, name));
  return [model, path.join(model, without)];
}
