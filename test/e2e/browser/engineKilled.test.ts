import assert from "node:assert/strict";
import { randomFrom } from "../../randomFrom";
import { countBy } from "../../soak/countBy";
import { readTrace, TracedEditor, type TypingEvent } from "../../replay/typingTrace";
import { STILL_EDITOR } from "../kit/quietSettings";
import { until } from "../kit/until";
import { openWithModel } from "./openWithModel";
import type { Workbench } from "./workbench";

/** 200 take twenty minutes. */
const KILLS = Number(process.env["UNMASK_E2E_KILLS"] ?? 8);
const SIGNALS = ["SIGKILL", "SIGKILL", "SIGTERM", "SIGSTOP"] as const;
/** From a kill to the next: a third of them hit an engine that has hardly begun to load, a third one that is just there, a third one that has answered. */
const GAPS_MS = [
  [200, 1_000],
  [2_000, 6_000],
  [9_000, 15_000],
] as const;
/** A life so long, its load counted, is long enough for ghost text in one of the typist's pauses. */
const LONG_LIFE_MS = 9_000;
/** What the user is told who pressed the button, where the first start of the new engine failed. */
const START_FAILED = /^The engine does not start \(.*\): run "Unmask: Show Log"/;
const LEAST_KEYSTROKES = 150;
/** A gap between two of the trace's events that is longer is a pause to think: suggestions come in it. A shorter one is what a key takes here anyway. */
const THOUGHT_MS = 400;
/** An engine is there again long before: after the longest silence, a wait and a load. */
const COMES_BACK_MS = 60_000;
const GIVEN_UP = /^The engine stopped \d+ times in a row \(.*\): run "Unmask: Restart Engine"/;

/** What is typed is what stands there: the editor writes, moves and deletes nothing of its own accord. */
const LITERAL_EDITOR: Readonly<Record<string, unknown>> = {
  ...STILL_EDITOR,
  "editor.autoIndent": "none",
  "editor.autoClosingQuotes": "never",
  "editor.autoClosingComments": "never",
  "editor.autoSurround": "never",
  "editor.autoClosingDelete": "never",
  "editor.autoClosingOvertype": "never",
  "editor.formatOnType": false,
  "editor.trimAutoWhitespace": false,
  "editor.useTabStops": false,
  "editor.detectIndentation": false,
  "editor.acceptSuggestionOnEnter": "off",
  "editor.acceptSuggestionOnCommitCharacter": false,
  "editor.suggestOnTriggerCharacters": false,
  "editor.parameterHints.enabled": false,
  "workbench.editor.enablePreview": false,
};

describe(`Unmask in a real VS Code whose engine is killed ${KILLS} times while somebody types`, function () {
  this.timeout(120_000 + KILLS * 15_000);
  const seed = Number(process.env["UNMASK_TEST_SEED"]) || Date.now() & 0xffff;
  let workbench: Workbench;
  before(async function () {
    workbench = await openWithModel(this, LITERAL_EDITOR);
  });
  afterEach(async function () {
    if (this.currentTest?.state !== "failed" || workbench.page.isClosed()) return;
    await workbench.screenshot("engine-killed-often");
    console.log(
      `      notifications: ${(await workbench.toasts()).join("\n        ")}\n      log: ${workbench.log("Unmask.log").slice(-2_000)}`,
    );
  });
  after(() => workbench?.close());

  it(`loses no character, comes back each time, and says no more than it must (seed ${seed})`, async () => {
    const random = randomFrom(seed);
    const trace = readTrace();
    const [document] = trace.documents;
    const events = trace.events.filter((event) => event.document === 0);
    const kills: string[] = [];
    let [restarts, keystrokes, suggested, files] = [0, 0, 0, 0];
    const drawGapMs = (): number => {
      const [least, most] = GAPS_MS[Math.floor(GAPS_MS.length * random())]!;
      return least + (most - least) * random();
    };
    let killAtMs = performance.now() + drawGapMs();
    let [bornAtMs, isAnswered, longLives, longAnswered] = [performance.now(), false, 0, 0];
    const look = async (): Promise<void> => {
      if ((await workbench.ghostText()) === "") return;
      suggested += 1;
      isAnswered = true;
    };
    const disturb = async (): Promise<void> => {
      if (await restartIfGivenUp(workbench)) restarts += 1;
      const [engine] = workbench.engines();
      if (kills.length >= KILLS || performance.now() < killAtMs) return;
      if (engine === undefined)
        return assert.ok(
          performance.now() < killAtMs + COMES_BACK_MS,
          `no engine comes back; the status item reads "${await workbench.status()}"`,
        );
      killAtMs = performance.now() + drawGapMs();
      const isReady = /ready|thinking/.test(await workbench.status());
      const drawn = SIGNALS[Math.floor(random() * SIGNALS.length)]!;
      // One that stands still while it loads is given a minute.
      const signal = drawn === "SIGSTOP" && !isReady ? "SIGKILL" : drawn;
      if (!kill(engine, signal)) return;
      kills.push(signal);
      if (performance.now() - bornAtMs >= LONG_LIFE_MS) {
        longLives += 1;
        if (isAnswered) longAnswered += 1;
      }
      [bornAtMs, isAnswered] = [performance.now(), false];
    };
    /** Waits until nothing is about to be said any more: what opens a file hides notifications. */
    const settle = (): Promise<void> =>
      until(
        async () => {
          if (await restartIfGivenUp(workbench)) restarts += 1;
          return /Unmask: (ready|thinking|The engine does not start)/.test(await workbench.status());
        },
        COMES_BACK_MS,
        async () => `the engine does not come to rest; the status item reads "${await workbench.status()}"`,
      );
    const startMs = performance.now();
    while (kills.length < KILLS) {
      const name = `killed-${++files}.ts`;
      await workbench.openWith(name, document!.text);
      const editor = new TracedEditor(trace);
      for (const [index, event] of events.entries()) {
        const thoughtMs = event.atMs - (events[index - 1]?.atMs ?? event.atMs);
        // What the other document's events took is no pause in this one.
        if (thoughtMs > THOUGHT_MS) await workbench.page.waitForTimeout(Math.min(thoughtMs, 2_000));
        await look();
        await disturb();
        await doAsTyped(workbench, editor, event);
        keystrokes += 1;
        if (kills.length >= KILLS && keystrokes >= LEAST_KEYSTROKES) break;
      }
      await settle();
      assert.equal((await workbench.saved(name)).toString(), editor.texts[0], `${name} is not what was typed`);
    }
    const typedMs = performance.now() - startMs;
    await workbench.openWith("last.ts", "export function area(width: number, height: number): number {\n\n}\n");
    await workbench.goTo(2, 1);
    await workbench.type("  return width ");
    // That the last one stands still may be found out only now: it may be the one too many.
    await until(
      async () => {
        if (await restartIfGivenUp(workbench)) restarts += 1;
        return (await workbench.ghostText()) !== "";
      },
      COMES_BACK_MS,
      async () => `no ghost text comes at the end; the status item reads "${await workbench.status()}"`,
    );
    assert.equal((await workbench.saved("last.ts")).toString().split("\n")[1], "  return width ");
    console.log(
      `      ${(typedMs / 1_000).toFixed(0)} s, ${keystrokes} keystrokes in ${files} files, ghost text at ${suggested} of them and in ${longAnswered} of ${longLives} lives of ${LONG_LIFE_MS / 1_000} s and more, kills: ${JSON.stringify(countBy(kills))}, ` +
        `${restarts} times given up and restarted by the button; ${((performance.now() - startMs - typedMs) / 1_000).toFixed(1)} s to the last ghost text`,
    );
    // A life may end before a pause comes in it, or begin with an engine that stands still and is found out late.
    assert.ok(longAnswered >= Math.floor(longLives / 4), `ghost text in ${longAnswered} of ${longLives} long lives`);
    const toasts = await workbench.toasts();
    assert.deepEqual(
      toasts.filter((message) => !GIVEN_UP.test(message) && !START_FAILED.test(message)),
      [],
    );
    const givenUp = toasts.filter((message) => GIVEN_UP.test(message)).length;
    assert.equal(givenUp, restarts, `${givenUp} times given up, ${restarts} restarts`);
    assert.equal(workbench.engines().length, 1);
    if (KILLS >= 8) assert.ok(restarts > 0, "it was never given up: the button was not tried");
  });

  it("leaves no engine behind when the window closes", async () => {
    await workbench.closeWindow();
    await until(
      () => Promise.resolve(workbench.engines().length === 0),
      30_000,
      () => Promise.resolve(`engines ${workbench.engines().join()} are left`),
    );
  });
});

/** Does what the trace's typist did: moves the cursor, deletes, or presses a key (a line break with what an editor would indent). */
async function doAsTyped(workbench: Workbench, editor: TracedEditor, event: TypingEvent): Promise<void> {
  const { offset, removed, inserted } = event;
  const isElsewhere = editor.cursor !== offset + removed;
  if (isElsewhere || removed + inserted.length === 0) {
    const before = editor.texts[0]!.slice(0, offset + removed);
    const line = before.split("\n").length;
    await workbench.goTo(line, before.length - before.lastIndexOf("\n"));
  }
  for (let i = 0; i < removed; i++) await workbench.press("Backspace");
  if (inserted !== "") await workbench.type(inserted);
  editor.apply(event);
}

/** Presses the notification's button, as a user would, and goes back to the text. @returns whether there was one */
async function restartIfGivenUp(workbench: Workbench): Promise<boolean> {
  const button = workbench.page.locator(".notification-toast .monaco-button", { hasText: "Restart Engine" }).first();
  if (!(await button.isVisible())) return false;
  await button.click();
  await button.waitFor({ state: "detached" });
  await workbench.press("Control+1");
  await workbench.page.locator(".editor-group-container.active .monaco-editor.focused").first().waitFor();
  return true;
}

/** @returns false where it is gone already */
function kill(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
    throw error;
  }
}
