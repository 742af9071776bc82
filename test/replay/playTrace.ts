import { setTimeout as wait } from "node:timers/promises";
import { certainHead } from "../../src/completion/certainHead";
import type { DeskRequest } from "../../src/completion/requestDesk";
import type { Infill, InfillRequest } from "../../src/backends/infiller";
import type { RequestWatcher } from "./pipeline";
import { Pipeline, type PipelineOptions } from "./pipeline";
import { TracedEditor, type TypingTrace } from "./typingTrace";

/** One keystroke whose request reached the engine. Times are milliseconds since the key. */
export interface AskedKeystroke {
  readonly region: "line" | "lines" | "span";
  /** whether the cursor's line is another than the request's before: a new anchor */
  readonly newLine: boolean;
  readonly askedMs: number;
  /** first certain text that is not blank; undefined where none came */
  readonly firstWordsMs: number | undefined;
  /** the rest of the line is certain, or the answer has ended */
  readonly lineMs: number | undefined;
  /** another keystroke took the engine before this one's line was done */
  readonly superseded: boolean;
  readonly request: InfillRequest;
  readonly infill: Infill | undefined;
}

export interface Played {
  readonly keystrokes: number;
  /** keystrokes that showed a suggestion, before the next key */
  readonly suggested: number;
  readonly fromCache: number;
  readonly asked: readonly AskedKeystroke[];
  readonly failures: readonly unknown[];
}

export interface PlayOptions extends Omit<PipelineOptions, "watch"> {
  /** "typed": at the trace's own pace, a key calls off the one before. "patient": each keystroke waits for its suggestion: no answer is lost. */
  readonly pace: "typed" | "patient";
  /** Absent: all. */
  readonly events?: number;
}

/** As the extension waits before it has a place read where the cursor rests. */
const REST_MS = 80;
/** A person who jumps somewhere looks before typing; the trace has some 500 ms. */
const LOOK_MS = 400;

/** Plays a trace through the pipeline and notes what became of each keystroke. */
export async function playTrace(trace: TypingTrace, options: PlayOptions): Promise<Played> {
  const editor = new TracedEditor(trace);
  const asked: AskedKeystroke[] = [];
  const failures: unknown[] = [];
  let keyAtMs = 0;
  let lastAnchor = "";
  const watch = (request: DeskRequest): RequestWatcher => {
    const { region } = request.infill;
    const startMs = keyAtMs;
    const askedMs = performance.now() - startMs;
    const anchor = `${request.place.file}:${request.place.line}`;
    const newLine = anchor !== lastAnchor;
    lastAnchor = anchor;
    let firstWordsMs: number | undefined;
    let lineMs: number | undefined;
    return {
      onStep: (step) => {
        const text = certainHead(step) ?? "";
        if (text.trim() !== "") firstWordsMs ??= performance.now() - startMs;
        if (text.trimStart().includes("\n")) lineMs ??= performance.now() - startMs;
      },
      onEnd: (infill) => {
        const superseded = infill === undefined || (infill.ended === "aborted" && lineMs === undefined);
        if (!superseded) lineMs ??= performance.now() - startMs;
        asked.push({ request: request.infill, region, newLine, askedMs, firstWordsMs, lineMs, superseded, infill });
      },
    };
  };
  const pipeline = new Pipeline({ ...options, watch });
  let [keystrokes, suggested, fromCache] = [0, 0, 0];
  try {
    await pipeline.supervisor.warm();
    const startMs = performance.now() - (trace.events[0]?.atMs ?? 0);
    let controller = new AbortController();
    const running = new Set<Promise<void>>();
    for (const event of trace.events.slice(0, options.events ?? trace.events.length)) {
      if (options.pace === "typed") await wait(Math.max(0, event.atMs - (performance.now() - startMs)));
      controller.abort();
      controller = new AbortController();
      const { signal } = controller;
      editor.apply(event);
      if (event.removed + event.inserted.length === 0) {
        await wait(REST_MS);
        pipeline.rest(editor);
        if (options.pace === "patient") await wait(LOOK_MS);
        continue;
      }
      keystrokes++;
      keyAtMs = performance.now();
      const work = pipeline.complete(editor, signal).then(
        (outcome) => {
          if (outcome.kind !== "suggestion" || signal.aborted) return;
          suggested++;
          if (outcome.source === "cache") fromCache++;
        },
        (error: unknown) => void failures.push(error),
      );
      running.add(work);
      void work.finally(() => running.delete(work));
      if (options.pace === "patient") await work;
    }
    await Promise.all(running);
  } finally {
    await pipeline.dispose();
  }
  return { keystrokes, suggested, fromCache, asked, failures };
}
