import assert from "node:assert/strict";
import { STILL_EDITOR } from "../kit/quietSettings";
import { until } from "../kit/until";
import { openWithModel } from "./openWithModel";
import type { Workbench } from "./workbench";

const AREA = "export function area(width: number, height: number): number {\n  \n}\n";

describe("Unmask in a real VS Code when its engine dies", () => {
  let workbench: Workbench;
  before(async function () {
    workbench = await openWithModel(this, STILL_EDITOR);
  });
  after(() => workbench?.close());

  it("keeps what is typed when the engine is killed between two keystrokes, and suggests again", async () => {
    await workbench.openWith("between.ts", AREA);
    await workbench.goTo(2, 3);
    await workbench.type("const height2 = ");
    await workbench.untilGhostText();
    const killed = theEngine(workbench);
    process.kill(killed, "SIGKILL");
    await workbench.type("height * 2;\nreturn ");
    await workbench.untilGhostText(60_000);
    await workbench.screenshot("engine-killed");
    assert.match((await workbench.saved("between.ts")).toString(), /\n {2}const height2 = height \* 2;\n {2}return \n/);
    assert.notEqual(theEngine(workbench), killed);
    assert.deepEqual(await workbench.toasts(), []);
  });

  it("keeps what is typed when the engine is killed while it thinks, and suggests again", async () => {
    await workbench.openWith("thinking.ts", AREA);
    await workbench.goTo(2, 3);
    const killed = theEngine(workbench);
    // An engine that is stopped thinks for as long as one likes.
    await untilNothingIsReadAhead(workbench);
    process.kill(killed, "SIGSTOP");
    // Two seconds of silence, and Unmask itself would kill it.
    await workbench.type("c");
    await workbench.untilStatus(/Unmask: thinking/);
    process.kill(killed, "SIGKILL");
    await workbench.type("onst half = height / 2;\nreturn ");
    await workbench.untilGhostText(60_000);
    assert.match((await workbench.saved("thinking.ts")).toString(), /\n {2}const half = height \/ 2;\n {2}return \n/);
    await workbench.untilStatus(/Unmask: ready/);
    assert.deepEqual(await workbench.toasts(), []);
  });

  it("says so when the engine is killed during a fill, and leaves the file as it was", async () => {
    await workbench.command("Unmask: Restart Engine");
    await workbench.untilStatus(/Unmask: ready/);
    const content = "export function half(value: number): number {\n  // masked\n}\n";
    await workbench.openWith("fill-dies.ts", content);
    await workbench.goTo(2, 3);
    await workbench.press("Shift+End");
    const killed = theEngine(workbench);
    await untilNothingIsReadAhead(workbench);
    process.kill(killed, "SIGSTOP");
    await workbench.command("Unmask: Fill Selection");
    await workbench.untilStatus(/Unmask: thinking/);
    process.kill(killed, "SIGKILL");
    await workbench.untilToast();
    await workbench.screenshot("fill-engine-killed");
    assert.deepEqual(await workbench.toasts(), ["The engine stopped (ended by SIGKILL); it starts again with the next request."]);
    assert.equal((await workbench.saved("fill-dies.ts")).toString(), content);
    await workbench.untilStatus(/Unmask: ready/);
  });

  it("leaves no engine behind when the window closes", async () => {
    assert.equal(workbench.engines().length, 1);
    await workbench.closeWindow();
    await untilNoEngine(workbench);
  });
});

describe("Unmask in a real VS Code whose engine hangs", () => {
  let workbench: Workbench;
  before(async function () {
    workbench = await openWithModel(this, STILL_EDITOR);
  });
  after(() => workbench?.close());

  it("leaves no engine behind when the window closes", async () => {
    process.kill(theEngine(workbench), "SIGSTOP");
    await workbench.closeWindow();
    await untilNoEngine(workbench);
  });
});

describe("Unmask in a real VS Code whose extension host is killed", () => {
  let workbench: Workbench;
  before(async function () {
    workbench = await openWithModel(this, STILL_EDITOR);
  });
  after(() => workbench?.close());

  it("leaves no engine behind", async () => {
    assert.equal(workbench.engines().length, 1);
    const [host] = workbench.extensionHosts();
    assert.ok(host !== undefined, "no extension host was found");
    const orphan = theEngine(workbench);
    process.kill(host, "SIGKILL");
    await until(
      () => Promise.resolve(!workbench.engines().includes(orphan)),
      30_000,
      () => Promise.resolve(`the engine ${orphan} is left`),
    );
  });
});

/** Where the cursor rests, the engine reads ahead: one that is stopped meanwhile is silent at once, before anything is asked of it. */
async function untilNothingIsReadAhead(workbench: Workbench): Promise<void> {
  await workbench.page.waitForTimeout(1_500);
  await workbench.untilStatus(/Unmask: ready/);
}

function theEngine(workbench: Workbench): number {
  const [engine, ...others] = workbench.engines();
  assert.ok(engine !== undefined && others.length === 0, `${others.length + (engine === undefined ? 0 : 1)} engines run`);
  return engine;
}

function untilNoEngine(workbench: Workbench): Promise<void> {
  return until(
    () => Promise.resolve(workbench.engines().length === 0),
    30_000,
    () => Promise.resolve(`engines ${workbench.engines().join()} are left; extension hosts: ${workbench.extensionHosts().join()}`),
  );
}
