import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdir, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import * as path from "node:path";
import { StoreError } from "../../../../src/model/store/storeError";
import { withStoreLock } from "../../../../src/model/store/storeLock";
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

  describe("the lock", () => {
    const timing = { pollMs: 5, heartbeatMs: 20, abandonedMs: 300, unreadableMs: 60, mostWaitMs: 200 };
    const never = new AbortController().signal;
    let lock: string;
    beforeEach(() => (lock = path.join(model.root, "lock")));
    const hold = <T>(body: () => Promise<T>) => withStoreLock(lock, timing, never, () => undefined, body);

    it("lets one in at a time, however many want it", async () => {
      // nobody gives up: a busy machine takes its time
      const patient = { ...timing, abandonedMs: 30_000, mostWaitMs: 30_000 };
      let inside = 0;
      let most = 0;
      await Promise.all(
        Array.from({ length: 8 }, () =>
          withStoreLock(
            lock,
            patient,
            never,
            () => undefined,
            async () => {
              most = Math.max(most, ++inside);
              await new Promise((resolve) => setTimeout(resolve, 5));
              inside--;
            },
          ),
        ),
      );
      assert.equal(most, 1);
    });

    it("opens again when its holder fails", async () => {
      await assert.rejects(
        hold(() => Promise.reject(new Error("mine"))),
        /mine/,
      );
      assert.equal(await hold(() => Promise.resolve(7)), 7);
    });

    it("is reported with its holder's process id when it stays held", async () => {
      await hold(() =>
        assert.rejects(
          hold(() => Promise.resolve()),
          (error) => error instanceof StoreError && error.failure.kind === "locked" && error.failure.pid === process.pid,
        ),
      );
    });

    it("is kept by its heartbeat for longer than an abandoned one lasts", async () => {
      await hold(async () => {
        await new Promise((resolve) => setTimeout(resolve, 400));
        await assert.rejects(
          hold(() => Promise.resolve()),
          StoreError,
        );
      });
    });

    it("of another host, or of a process id that somebody else has by now, is taken over only when it is old", async () => {
      for (const host of ["elsewhere", hostname()]) {
        await writeFile(lock, JSON.stringify({ pid: process.pid, host }));
        await assert.rejects(
          hold(() => Promise.resolve()),
          StoreError,
        );
        await utimes(lock, new Date(), new Date(Date.now() - 1_000));
        assert.equal(await hold(() => Promise.resolve(1)), 1);
      }
    });

    it("that a crash left empty is taken over", async () => {
      await writeFile(lock, "");
      assert.equal(await hold(() => Promise.resolve(1)), 1);
    });

    it("abandoned, goes to one of many that want it at once", async () => {
      const gone = spawn(process.execPath, ["-e", ""]);
      await once(gone, "close");
      for (let round = 0; round < 20; round++) {
        await writeFile(lock, JSON.stringify({ pid: gone.pid, host: hostname() }));
        let inside = 0;
        let most = 0;
        await Promise.all(
          Array.from({ length: 6 }, () =>
            hold(async () => {
              most = Math.max(most, ++inside);
              await new Promise((resolve) => setTimeout(resolve, 1));
              inside--;
            }),
          ),
        );
        assert.equal(most, 1);
      }
    });
  });
});
