import assert from "node:assert/strict";
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { bundled } from "./bundled";
import { FAKE_ENGINE, gone, here, isAlive, STARTING_MS } from "./support";
import type { FromWindow, ToWindow } from "./window";

const MIN_TURN_MS = 300;
/** What a change of windows may take on a busy machine: news, the end of one engine. The other one loads meanwhile. */
const OVERLAP_MS = 1_500;

/** A window in a process of its own. */
class Window {
  readonly engines: number[] = [];
  readonly logs: string[] = [];
  readonly #answers = new Map<number, (answer: { text: string; ended: string }) => void>();
  #asked = 0;

  private constructor(readonly process: ChildProcess) {
    process.on("message", (message: FromWindow) => {
      if (message === "open") return;
      if ("engine" in message) this.engines.push(message.engine);
      else if ("log" in message) this.logs.push(message.log);
      else this.#answers.get(message.ask)?.(message);
    });
  }

  static async open(program: string, engine: string, store: string): Promise<Window> {
    const process = fork(program, [engine, store, String(MIN_TURN_MS)], { execArgv: [] });
    const window = new Window(process);
    await once(process, "message");
    return window;
  }

  get alive(): number[] {
    return this.engines.filter(isAlive);
  }

  ask(maxTokens = 3): Promise<{ text: string; ended: string }> {
    const ask = ++this.#asked;
    return new Promise((resolve) => {
      this.#answers.set(ask, resolve);
      this.process.send({ ask, maxTokens } satisfies ToWindow);
    });
  }

  async close(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const exited = once(this.process, "exit");
    this.process.send("close" satisfies ToWindow);
    await exited;
  }
}

describe("three windows, each a process of its own", function () {
  this.timeout(2 * STARTING_MS);
  let bundles: ReturnType<typeof bundled>[];
  let store: string;
  let windows: Window[];
  let longestOverlapMs: number;
  let watching: NodeJS.Timeout;

  before(() => (bundles = [here("./window.ts"), FAKE_ENGINE].map(bundled)));
  after(() => bundles.forEach(({ remove }) => remove()));
  beforeEach(async () => {
    store = await mkdtemp(path.join(tmpdir(), "unmask-store-"));
    windows = await Promise.all([1, 2, 3].map(() => Window.open(bundles[0]!.entry, bundles[1]!.entry, store)));
    longestOverlapMs = 0;
    let severalSinceMs: number | undefined;
    watching = setInterval(() => {
      const several = windows.flatMap((window) => window.alive).length > 1;
      severalSinceMs = several ? (severalSinceMs ?? performance.now()) : undefined;
      if (severalSinceMs !== undefined) longestOverlapMs = Math.max(longestOverlapMs, performance.now() - severalSinceMs);
    }, 20);
  });
  afterEach(async () => {
    clearInterval(watching);
    await Promise.all(windows.map((window) => window.close()));
    await rm(store, { recursive: true, force: true });
    for (const pid of windows.flatMap((window) => window.engines)) await gone(pid, 5_000);
  });
  const whole = { text: "t1 t2 t3 ", ended: "length" };
  const answered = async (window: Window): Promise<void> => {
    const { text, ended } = await window.ask();
    assert.deepEqual({ text, ended }, whole);
  };

  /** The engine that ends may still be ending. */
  async function onlyEngineIs(asked: Window): Promise<void> {
    const living = (): number[] => windows.map((window) => window.alive.length);
    const right = windows.map((window) => (window === asked ? 1 : 0));
    const startMs = performance.now();
    while (String(living()) !== String(right) && performance.now() - startMs < OVERLAP_MS) await sleep(20);
    assert.deepEqual(living(), right);
  }

  it("have one engine, which is where one asked last", async () => {
    for (const index of [0, 1, 2, 0, 2, 1]) {
      await answered(windows[index]!);
      await sleep(MIN_TURN_MS);
      await onlyEngineIs(windows[index]!);
    }
    assert.ok(longestOverlapMs < OVERLAP_MS, `${longestOverlapMs} ms`);
  });

  it("are all answered where all ask at the same moment, again and again, and don't change places at each request", async () => {
    const startMs = performance.now();
    for (let round = 0; round < 3; round += 1) await Promise.all(windows.map(answered));
    const engines = windows.flatMap((window) => window.engines).length;
    const turns = (performance.now() - startMs) / MIN_TURN_MS;
    // Those who claim in the same millisecond both begin to load, so more are started than turns are had: two more in a turn at most.
    assert.ok(engines <= 3 * (turns + 1), `${engines} engines in ${turns} turns`);
    assert.ok(longestOverlapMs < OVERLAP_MS, `${longestOverlapMs} ms`);
  });

  it("let a request that runs end before they give up the engine", async () => {
    const [one, two] = windows as [Window, Window, Window];
    await answered(one);
    await sleep(MIN_TURN_MS);
    const long = one.ask(40);
    await answered(two);
    assert.equal((await long).ended, "length");
    await gone(one.engines[0]!, 5_000);
  });

  it("are not kept waiting by one that was killed with the turn in its hand", async () => {
    const [one, two] = windows as [Window, Window, Window];
    await answered(one);
    one.process.kill("SIGKILL");
    await once(one.process, "exit");
    const startMs = performance.now();
    await answered(two);
    assert.ok(performance.now() - startMs < MIN_TURN_MS + 1_500);
    await gone(one.engines[0]!, 5_000);
  });

  it("are not kept waiting by one that hangs with the turn in its hand", async () => {
    const [one, two] = windows as [Window, Window, Window];
    await answered(one);
    one.process.kill("SIGSTOP");
    try {
      await answered(two);
    } finally {
      one.process.kill("SIGCONT");
    }
    await gone(one.engines[0]!, 5_000);
  });

  it("go on where what was written is no record", async () => {
    await answered(windows[0]!);
    await writeFile(path.join(store, "turn", "host.json"), '{"id":');
    await answered(windows[1]!);
    await sleep(MIN_TURN_MS);
    await onlyEngineIs(windows[1]!);
  });

  it("leave nothing in the folder but the record", async () => {
    await Promise.all(windows.map(answered));
    assert.deepEqual(await readdir(path.join(store, "turn")), ["host.json"]);
  });

  it("each have an engine where the folder cannot be written, and say so", async () => {
    // A file where the folder should be: a mode would not keep out root.
    await writeFile(path.join(store, "turn"), "");
    await chmod(store, 0o500);
    await Promise.all(windows.slice(0, 2).map(answered));
    assert.deepEqual(
      windows.map((window) => window.alive.length),
      [1, 1, 0],
    );
    assert.ok(windows[0]!.logs.some((line) => line.startsWith("Windows don't take turns")));
    await chmod(store, 0o700);
  });
});
