import { setTimeout as wait } from "node:timers/promises";
import { EngineError } from "../../src/backends/engineError";
import { Pipeline } from "../replay/pipeline";
import { readTrace } from "../replay/typingTrace";
import { collectGarbage } from "./collectGarbage";
import { countBy } from "./countBy";
import { EngineRoster } from "./engineRoster";
import { FaultLog, type Fault } from "./faultLog";
import type { MemorySample } from "./memoryTrend";
import { planFaults } from "./planFaults";
import { randomFrom } from "../randomFrom";
import { residentBytes } from "./residentBytes";
import { typeForever } from "./typeForever";

export interface SoakOptions {
  readonly modelDirectory: string;
  readonly durationMs: number;
  readonly keysPerSecond: number;
  readonly kills: number;
  readonly seed: number;
  readonly sampleEveryMs: number;
  readonly onLog?: (line: string) => void;
}

/** What came of it; times in milliseconds since the typing began. */
export interface SoakResult {
  readonly keystrokes: number;
  /** requests that went to the engine */
  readonly requests: number;
  /** keystrokes that showed a suggestion before the next key */
  readonly suggestions: number;
  readonly suggestionsFromCache: number;
  /** why nothing was shown, by reason */
  readonly nothing: Readonly<Record<string, number>>;
  readonly faults: readonly Fault[];
  readonly engines: number;
  /** by kind of the engine's failure; and what is none by its name, which must not be */
  readonly failures: Readonly<Record<string, number>>;
  readonly defects: readonly string[];
  readonly unsettled: number;
  /** process ids */
  readonly orphans: readonly number[];
  readonly samples: readonly MemorySample[];
  readonly durationMs: number;
}

/** Documents are renewed at this length: beyond what is read of them, little more can happen. */
const MOST_DOCUMENT_CHARS = 40_000;
/** After the planned end the typing goes on for so long where a fault has not been followed by a suggestion yet. */
const RECOVERY_MS = 60_000;
const SETTLE_MS = 10_000;

/** Types through the extension's pipeline and the engine's process, does bad things to the latter, and looks at what that costs. Needs a build. */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const random = randomFrom(options.seed);
  const engines = new EngineRoster();
  const log = new FaultLog(planFaults(options.kills, options.durationMs, random), engines);
  const [nothing, failures, samples, defects]: [string[], string[], MemorySample[], string[]] = [[], [], [], []];
  let [keystrokes, requests, suggestions, suggestionsFromCache] = [0, 0, 0, 0];
  let startMs = performance.now();
  const nowMs = (): number => performance.now() - startMs;
  const onUnhandled = (error: unknown): void => void defects.push(`unhandled: ${String(error)}`);
  process.on("unhandledRejection", onUnhandled);

  const pending = new Set<Promise<unknown>>();
  const track = (work: Promise<unknown>): void => {
    pending.add(work);
    void work.finally(() => pending.delete(work));
  };
  const pipeline = new Pipeline({
    modelDirectory: options.modelDirectory,
    // Every offer is checked: the more there are the better, sure or not.
    settings: { leastSureness: 0 },
    // Here an engine may die as often as it is told to.
    limits: { maxDeaths: Infinity, windowMs: 1, firstDelayMs: 100 },
    onEngine: (engine) => engines.add(engine),
    ...(options.onLog && { onLog: options.onLog }),
    watch: () => {
      requests += 1;
      const askedAtMs = nowMs();
      log.asked(askedAtMs);
      let settle: () => void = () => undefined;
      track(new Promise<void>((resolve) => (settle = resolve)));
      return {
        onStep: () => undefined,
        onEnd: (infill, error) => {
          settle();
          if (infill !== undefined && infill.passes > 0) log.answered(askedAtMs, nowMs());
          if (error instanceof EngineError) failures.push(error.failure.kind);
          else if (error !== undefined) defects.push(error instanceof Error ? String(error) : "a rejection with no error");
        },
      };
    },
  });
  pipeline.supervisor.onState(({ kind }) => {
    if (kind === "ready") engines.markReady(nowMs());
  });
  let keystroke = new AbortController();
  const press = (work: (signal: AbortSignal) => ReturnType<Pipeline["complete"]>): void => {
    keystroke.abort();
    keystroke = new AbortController();
    const { signal } = keystroke;
    const atMs = nowMs();
    keystrokes += 1;
    track(
      work(signal).then(
        (outcome) => {
          if (outcome.kind === "none") return void nothing.push(outcome.reason);
          if (outcome.source === "engine") log.suggested(atMs, nowMs());
          if (signal.aborted) return void nothing.push("superseded");
          suggestions += 1;
          if (outcome.source === "cache") suggestionsFromCache += 1;
        },
        (error: unknown) => void defects.push(String(error)),
      ),
    );
  };
  try {
    await pipeline.supervisor.warm();
    startMs = performance.now();
    engines.markReady(0);
    let [dueMs, sampleDueMs] = [0, options.sampleEveryMs];
    for (const { editor, isKeystroke } of typeForever(readTrace(), MOST_DOCUMENT_CHARS)) {
      if (nowMs() >= options.durationMs + (log.isOver ? 0 : RECOVERY_MS)) break;
      log.commitDue(nowMs());
      if (isKeystroke) press((signal) => pipeline.complete(editor, signal));
      else pipeline.rest(editor);
      if (nowMs() >= sampleDueMs) {
        samples.push(await look(engines, nowMs()));
        sampleDueMs += options.sampleEveryMs;
      }
      // A person's keys fall unevenly.
      dueMs = Math.max(dueMs + ((0.5 + random()) * 1_000) / options.keysPerSecond, nowMs());
      await wait(dueMs - nowMs());
    }
  } finally {
    keystroke.abort();
    await pipeline.dispose();
  }
  const durationMs = nowMs();
  const patience = new AbortController();
  await Promise.race([Promise.all(pending), wait(SETTLE_MS, undefined, { signal: patience.signal }).catch(() => undefined)]);
  patience.abort();
  const orphans = await engines.leftAfter(SETTLE_MS);
  process.off("unhandledRejection", onUnhandled);
  return {
    ...{ keystrokes, requests, suggestions, suggestionsFromCache, nothing: countBy(nothing), faults: log.faults, engines: engines.count },
    ...{ failures: countBy(failures), defects, unsettled: pending.size, orphans, samples, durationMs },
  };
}

async function look(engines: EngineRoster, atMs: number): Promise<MemorySample> {
  collectGarbage();
  const { heapUsed, rss } = process.memoryUsage();
  const engine = engines.newest();
  const engineRssBytes = engine && (await residentBytes(engine.pid));
  return {
    ...{ atMs, heapBytes: heapUsed, rssBytes: rss },
    ...(engine?.readySinceMs !== undefined && { engine: engine.pid, engineAgeMs: atMs - engine.readySinceMs }),
    ...(engineRssBytes !== undefined && { engineRssBytes }),
  };
}
