import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdir, stat, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { ensureTiny } from "./ensureTiny";
import { FileServer } from "./fileServer";
import { dropModel, makeModel, storeListing, type ModelFixture } from "./modelFixture";

describe("several processes at one model store", () => {
  let model: ModelFixture;
  let hub: FileServer;
  const started: ChildProcess[] = [];
  beforeEach(async () => {
    model = await makeModel();
    hub = await FileServer.start(model.base);
  });
  afterEach(async () => {
    for (const child of started.splice(0)) child.kill("SIGKILL");
    await hub.stop();
    await dropModel(model);
  });

  /** @returns the process, and what it printed once it ends */
  function another(): { child: ChildProcess; printed: Promise<string[]>; hasPrinted: (text: string) => boolean } {
    const child = spawn(process.execPath, ["--import", "tsx", path.join(__dirname, "storeProcess.ts")], {
      env: { ...process.env, MODEL_ROOT: model.root, HUB_ORIGIN: hub.origin },
      stdio: ["ignore", "pipe", "inherit"],
    });
    started.push(child);
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
    return { child, printed: once(child, "close").then(() => text.trim().split("\n")), hasPrinted: (part) => text.includes(part) };
  }

  const part = () => path.join(model.store, "base", `${model.manifest.base.sha256.slice(0, 12)}-base.gguf.part`);
  const bytesOf = (file: string) =>
    stat(file).then(
      ({ size }) => size,
      () => 0,
    );
  async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  it("fetch once: the second waits for the first and takes what it made", async () => {
    let release = () => {};
    hub.next({ kind: "hold", afterBytes: 10_000, released: new Promise((resolve) => (release = resolve)) });
    const first = another();
    await until(async () => (await bytesOf(part())) > 0);
    const second = another();
    await until(() => second.hasPrinted("waiting"));
    release();
    assert.deepEqual(await first.printed, ["fetching", "verifying", "preparing", "ready"]);
    assert.deepEqual(await second.printed, ["waiting", "ready"]);
    assert.equal(hub.gets.length, 1);
    assert.ok(!(await storeListing(model)).some((name) => /lock|tmp/.test(name)));
  });

  it("lose no more than a killed one's time: the next takes its lock over and resumes its part", async () => {
    hub.next({ kind: "hold", afterBytes: 60_000, released: new Promise(() => {}) });
    const victim = another();
    await until(async () => (await bytesOf(part())) > 50_000);
    victim.child.kill("SIGKILL");
    await victim.printed;
    const had = await bytesOf(part());
    assert.ok((await storeListing(model)).includes("lock"));
    assert.equal((await ensureTiny(model, hub.origin)).kind, "ready");
    assert.deepEqual(
      hub.gets.map(({ range }) => range),
      [undefined, `bytes=${had}-`],
    );
    assert.ok(!(await storeListing(model)).some((name) => /lock|tmp|part/.test(name)));
  });

  it("take what one prepared that was killed right after, and remove what it left half-made", async () => {
    await mkdir(path.join(model.store, "tmp"), { recursive: true });
    await writeFile(path.join(model.store, "tmp", "model.onnx.data"), "half");
    assert.equal((await ensureTiny(model, hub.origin)).kind, "ready");
    assert.ok(!(await storeListing(model)).some((name) => name.startsWith("tmp")));
  });
});
