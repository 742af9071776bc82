import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { STILL_EDITOR } from "../kit/quietSettings";
import { e2eSettings } from "./e2eSettings";
import { skipWithoutModel } from "./skipWithoutModel";
import { Workbench } from "./workbench";

const WINDOWS = 3;
const ROUNDS = 2;
/** A turn lasts 5 s at least where another window wants it (see `WindowTurn`): one that comes later changes places at once. */
const TURN_MS = 5_500;
const OLD_ENGINE_GOES_MS = 1_000;
const LOOK_EVERY_MS = 200;
/** The old engine ends while the new one starts: news by a file, an orderly end, on a busy machine. */
const OVERLAP_LIMIT_MS = 3_000;

/** Looks at how many engines live in all windows, again and again. */
class EngineCount {
  most = 0;
  longestOverlapMs = 0;
  looks = 0;
  private readonly timer = setInterval(() => this.look(), LOOK_EVERY_MS);
  private severalSinceMs: number | undefined;

  constructor(private readonly windows: readonly Workbench[]) {}

  stop(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    this.looks += 1;
    const count = this.windows.flatMap((window) => window.engines()).length;
    this.most = Math.max(this.most, count);
    if (count < 2) return void (this.severalSinceMs = undefined);
    this.severalSinceMs ??= performance.now();
    // It may have lasted since the look before.
    this.longestOverlapMs = Math.max(this.longestOverlapMs, performance.now() - this.severalSinceMs + LOOK_EVERY_MS);
  }
}

describe("three real windows of one user, with one store", function () {
  this.timeout(200_000);
  const windows: Workbench[] = [];
  let home: string | undefined;
  let count: EngineCount | undefined;
  before(async function () {
    skipWithoutModel(this);
    home = fs.mkdtempSync(path.join(os.tmpdir(), "unmask-home-"));
    count = new EngineCount(windows);
    const env = { UNMASK_HOME: home };
    const opening = Array.from({ length: WINDOWS }, async () =>
      windows.push(await Workbench.open({ ...e2eSettings(), ...STILL_EDITOR }, env)),
    );
    const failed = (await Promise.allSettled(opening)).find(({ status }) => status === "rejected");
    if (failed?.status === "rejected") throw failed.reason;
    // Nobody is asked for what is typed before the extension is there.
    await Promise.all(windows.map((window) => window.untilStatus(/Unmask: /)));
    // Should one get none, its log says why from "debug" on.
    for (const window of windows) await window.choose("Developer: Set Log Level...", "Unmask", "Debug");
  });
  afterEach(async function () {
    if (this.currentTest?.state !== "failed") return;
    for (const [index, window] of windows.entries()) {
      await window.screenshot(`three-windows-${index + 1}`);
      console.log(`      window ${index + 1}, ${await window.status()}, log: ${window.log("Unmask.log").slice(-2_000)}`);
    }
  });
  after(async () => {
    count?.stop();
    await Promise.all(windows.map((window) => window.close()));
    if (home !== undefined) fs.rmSync(home, { recursive: true, force: true });
  });

  it("each get ghost text in their turn, round after round, with one engine in all", async () => {
    const startMs = performance.now();
    const waits: number[] = [];
    for (let round = 1; round <= ROUNDS; round++)
      for (const [index, window] of windows.entries()) {
        await window.openWith(`turn-${round}.ts`, "export function area(width: number, height: number): number {\n  \n}\n");
        await window.goTo(2, 3);
        const askedMs = performance.now();
        await window.type("return ");
        await window.untilGhostText();
        waits.push((performance.now() - askedMs) / 1_000);
        await wait(Math.max(OLD_ENGINE_GOES_MS, TURN_MS - (performance.now() - askedMs)));
        const engines = windows.map((one) => one.engines().length);
        assert.deepEqual(
          engines,
          windows.map((_, at) => (at === index ? 1 : 0)),
          `engines by window after the turn of window ${index + 1} in round ${round}`,
        );
      }
    const { most, longestOverlapMs, looks } = count!;
    console.log(
      `      ${((performance.now() - startMs) / 1_000).toFixed(0)} s, ${looks} looks: at most ${most} engines, more than one for at most ${longestOverlapMs.toFixed(0)} ms; ` +
        `ghost text after ${waits.map((seconds) => seconds.toFixed(1)).join(", ")} s`,
    );
    assert.ok(most <= 2, `${most} engines at once`);
    assert.ok(longestOverlapMs <= OVERLAP_LIMIT_MS, `more than one engine for ${longestOverlapMs.toFixed(0)} ms`);
    for (const window of windows) assert.deepEqual(await window.toasts(), []);
  });
});
