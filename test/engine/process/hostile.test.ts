import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { EngineError } from "../../../src/backends/engineError";
import type { Infill } from "../../../src/backends/infiller";
import { LocalInfiller } from "../../../src/backends/local";
import { isInfill } from "../../../src/engine/answerShapes";
import type { EngineClient } from "../../../src/engine/client";
import type { SilenceLimits } from "../../../src/engine/silenceWatch";
import { EngineSupervisor } from "../../../src/engine/supervisor";
import { bundled } from "./bundled";
import { FAKE_ENGINE, fakeClient, gone, isAlive, request } from "./support";
import { randomFrom } from "../../randomFrom";

/** Signals come from outside; the other ones the fake engine does to itself when it reads such a prefix. */
const SIGNALS = ["SIGKILL", "SIGSTOP"] as const;
const DEEDS = ["garbage", "no JSON", "huge", "half", "no infill", "no step", "close", "throw", "hang"] as const;
const FAULTS = [...SIGNALS, ...SIGNALS, ...DEEDS];

/** Faults in all, over typists that work side by side. */
const ALL_FAULTS = 200;
const TYPISTS = 4;
const SILENCE: SilenceLimits = { tickMs: 40, idleTicks: 6, factor: 6, leastTicks: 6, mostTicks: 6 };
/** From a fault to the next whole answer: the silence, a closed pipe's grace, a start, on a busy machine. */
const RECOVERY_MS = 10_000;

/** Types 5 to 20 requests a second, aborts some, and does something to the engine whenever it has answered. */
class Typist {
  readonly clients: EngineClient[] = [];
  readonly answers: Promise<Infill | EngineError>[] = [];
  /** lives as long as the typist: what is left on it is a leak */
  readonly longLived = new AbortController();
  readonly supervisor: EngineSupervisor;
  readonly #infiller: LocalInfiller;

  constructor(
    entry: string,
    private readonly random: () => number,
  ) {
    this.supervisor = new EngineSupervisor({
      // No crash loop here: deaths count for a millisecond.
      limits: { maxDeaths: Infinity, windowMs: 1, firstDelayMs: 1 },
      createClient: () => {
        const client = fakeClient({ entry, nodeArguments: [], silence: SILENCE, lateGraceMs: 100 });
        this.clients.push(client);
        return client;
      },
    });
    this.#infiller = new LocalInfiller(this.supervisor);
  }

  async work(faults: readonly string[]): Promise<void> {
    for (const fault of faults) {
      await this.#untilWholeAnswer(fault);
      this.#commit(fault);
      await sleep(50 * this.random());
    }
    await this.#untilWholeAnswer("the last fault");
  }

  #commit(fault: string): void {
    const pid = this.clients.at(-1)!.pid!;
    if (!(SIGNALS as readonly string[]).includes(fault)) void this.#ask(fault, undefined);
    else if (isAlive(pid)) process.kill(pid, fault);
  }

  async #untilWholeAnswer(before: string): Promise<void> {
    const untilMs = performance.now() + RECOVERY_MS;
    for (;;) {
      assert.ok(performance.now() < untilMs, `no whole answer within ${RECOVERY_MS} ms, before: ${before}`);
      const keystroke = new AbortController();
      const answer = this.#ask("", this.random() < 0.5 ? keystroke.signal : this.longLived.signal);
      const gapMs = 50 + 150 * this.random();
      if (this.random() < 0.3) void sleep(gapMs * this.random()).then(() => keystroke.abort());
      const settled = await Promise.race([answer, sleep(gapMs)]);
      if (settled && "ended" in settled && settled.ended === "length") return;
    }
  }

  #ask(prefix: string, signal: AbortSignal | undefined): Promise<Infill | EngineError> {
    const options = { deadlineMs: 1_000, onStep: () => undefined, ...(signal && { signal }) };
    const answer = this.#infiller.infill(request({ prefix, maxTokens: 2 }), options).then(
      (infill) => {
        assert.ok(isInfill(infill), JSON.stringify(infill));
        if (infill.ended === "length") assert.equal(infill.text, "t1 t2 ");
        return infill;
      },
      (error: unknown) => {
        assert.ok(error instanceof EngineError, String(error));
        assert.ok(error.failure.kind === "engineDied" || error.failure.kind === "engineWontStart", error.message);
        return error;
      },
    );
    this.answers.push(answer);
    return answer;
  }
}

describe(`an engine to which ${ALL_FAULTS} bad things happen while somebody types`, function () {
  this.timeout(120_000);
  const seed = Number(process.env["UNMASK_TEST_SEED"]) || Date.now() & 0xffff;

  it(`answers after each, settles every call, and leaves no process, timer or listener (seed ${seed})`, async () => {
    const engine = bundled(FAKE_ENGINE);
    const unhandled: unknown[] = [];
    const warnings: string[] = [];
    const onUnhandled = (error: unknown): void => void unhandled.push(error);
    const onWarning = ({ message }: Error): void => void warnings.push(message);
    process.on("unhandledRejection", onUnhandled).on("uncaughtException", onUnhandled).on("warning", onWarning);
    // By then mocha has set its own timer.
    await sleep(10);
    const resourcesBefore = resources();
    const random = randomFrom(seed);
    const typists = Array.from({ length: TYPISTS }, () => new Typist(engine.entry, random));
    try {
      const faults = Array.from({ length: ALL_FAULTS }, (_, index) => FAULTS[index % FAULTS.length]!)
        .map((fault) => ({ fault, order: random() }))
        .sort((a, b) => a.order - b.order)
        .map(({ fault }) => fault);
      await Promise.all(typists.map((typist, index) => typist.work(faults.filter((_, at) => at % TYPISTS === index))));
    } finally {
      await Promise.all(typists.map(({ supervisor }) => supervisor.dispose()));
      engine.remove();
    }
    const patience = new AbortController();
    const never = sleep(5_000, undefined, { signal: patience.signal }).catch(() => undefined);
    const settled = await Promise.race([Promise.all(typists.flatMap(({ answers }) => answers)), never]);
    patience.abort();
    assert.ok(settled, "some calls never settled");
    for (const { pid } of typists.flatMap(({ clients }) => clients)) if (pid !== undefined) await gone(pid, 5_000);
    for (const { longLived } of typists) assert.equal(getEventListeners(longLived.signal, "abort").length, 0);
    // The test's own timers end within a keystroke's gap.
    await sleep(300);
    process.off("unhandledRejection", onUnhandled).off("uncaughtException", onUnhandled).off("warning", onWarning);
    assert.deepEqual(unhandled, []);
    assert.deepEqual(warnings, []);
    assert.deepEqual(resources(), resourcesBefore);
    const engines = typists.flatMap(({ clients }) => clients).length;
    console.log(
      `      ${engines} engines, ${settled.length} requests, ${settled.filter((one) => "ended" in one && one.ended === "length").length} whole`,
    );
  });
});

/** What keeps this process awake, timers and pipes, by kind. */
function resources(): Record<string, number> {
  const counts: Record<string, number> = { Timeout: 0, PipeWrap: 0, ProcessWrap: 0 };
  for (const kind of process.getActiveResourcesInfo()) if (kind in counts) counts[kind]! += 1;
  return counts;
}
