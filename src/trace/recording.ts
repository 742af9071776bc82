/**
 * What happened in the last requests, kept for the trace panel: each request's canvas after each pass, and how it ended.
 * Pure and bounded: the oldest recording goes first, and a long one loses every second step rather than its beginning or its end.
 */
import type { CanvasCell, DenoisingStep, Infill, InfillRequest, RegionKind, SamplerName } from "../backends/infiller";

/** Where the region stands. */
export interface RecordingPlace {
  /** Shown as it is: a path below the workspace folder, or a file's name. */
  readonly file: string;
  /** 1 for the first line. */
  readonly line: number;
}

/** What of a request is worth keeping; the whole prefix would hold every version of the file. */
export interface RequestSummary {
  readonly region: RegionKind;
  readonly languageId: string;
  readonly sampler: SamplerName;
  readonly maxTokens: number;
  /** the prefix's last characters, at most `CONTEXT_CHARACTERS` */
  readonly before: string;
  /** the suffix's first characters, at most `CONTEXT_CHARACTERS` */
  readonly after: string;
}

export type RecordingOutcome =
  | { readonly kind: "running" }
  | { readonly kind: "finished"; readonly infill: Infill }
  | { readonly kind: "failed"; readonly message: string };

export interface Recording {
  /** Counts up from 1; never used twice. */
  readonly id: number;
  readonly place: RecordingPlace;
  readonly request: RequestSummary;
  /** Milliseconds since 1970. */
  readonly startedAtMs: number;
  /** In order; some of a long request's are missing, see `thinned`. */
  readonly steps: readonly DenoisingStep[];
  /** How often every second step was dropped. While it stays the same, `steps` only grows at its end. */
  readonly thinned: number;
  readonly outcome: RecordingOutcome;
}

/** What a caller does with a recording that it started. Calls after `finish` or `fail` change nothing. */
export interface RecordingHandle {
  readonly id: number;
  /** Give this to `Infiller.infill`; it needs no `this`. */
  readonly onStep: (step: DenoisingStep) => void;
  readonly finish: (infill: Infill) => void;
  /** @param message one sentence for the user */
  readonly fail: (message: string) => void;
}

export interface RecordingStart {
  readonly place: RecordingPlace;
  readonly request: InfillRequest;
}

export interface RecorderLimits {
  /** at least 1 */
  readonly recordings: number;
  /** of one recording; at least 2 */
  readonly steps: number;
  /** of one recording, summed over its steps; a recording of two steps or fewer may exceed it */
  readonly cells: number;
}

/** `step`: the recording with this id got one; `list`: one started or ended, and the oldest may be gone. */
export type RecorderChange = { readonly kind: "step"; readonly id: number } | { readonly kind: "list" };

/** 1,000 steps is a denoising of a minute; 60,000 cells are half a megabyte of references, since equal cells are one object. */
export const DEFAULT_LIMITS: RecorderLimits = { recordings: 20, steps: 1_000, cells: 60_000 };

export const CONTEXT_CHARACTERS = 2_000;

type Running = { -readonly [K in keyof Recording]: Recording[K] } & { steps: DenoisingStep[] };

export class TraceRecorder {
  private readonly kept: Running[] = [];
  private readonly listeners = new Set<(change: RecorderChange) => void>();
  private nextId = 1;

  /** @param nowMs the clock, in milliseconds since 1970 */
  constructor(
    private readonly limits: RecorderLimits = DEFAULT_LIMITS,
    private readonly nowMs: () => number = Date.now,
  ) {}

  /** Oldest first. The recordings in it go on growing while they run. */
  get recordings(): readonly Recording[] {
    return this.kept;
  }

  find(id: number): Recording | undefined {
    return this.kept.find((recording) => recording.id === id);
  }

  start({ place, request }: RecordingStart): RecordingHandle {
    const recording: Running = {
      id: this.nextId++,
      place,
      request: summarize(request),
      startedAtMs: this.nowMs(),
      steps: [],
      thinned: 0,
      outcome: { kind: "running" },
    };
    this.kept.push(recording);
    while (this.kept.length > this.limits.recordings) this.kept.shift();
    this.tell({ kind: "list" });
    return {
      id: recording.id,
      onStep: (step) => this.addStep(recording, step),
      finish: (infill) => this.end(recording, { kind: "finished", infill }),
      fail: (message) => this.end(recording, { kind: "failed", message }),
    };
  }

  /** The listener is called after each change, within the call that made it, so it should only note what to do later. */
  onDidChange(listener: (change: RecorderChange) => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  }

  private addStep(recording: Running, step: DenoisingStep): void {
    if (recording.outcome.kind !== "running") return;
    recording.steps.push(shareEqualCells(step, recording.steps.at(-1)));
    while (this.isTooLong(recording.steps)) {
      recording.steps = everySecond(recording.steps);
      recording.thinned++;
    }
    this.tell({ kind: "step", id: recording.id });
  }

  private end(recording: Running, outcome: RecordingOutcome): void {
    if (recording.outcome.kind !== "running") return;
    recording.outcome = outcome;
    this.tell({ kind: "list" });
  }

  private isTooLong(steps: readonly DenoisingStep[]): boolean {
    if (steps.length > this.limits.steps) return true;
    if (steps.length <= 2) return false;
    return steps.reduce((cells, step) => cells + step.cells.length, 0) > this.limits.cells;
  }

  private tell(change: RecorderChange): void {
    for (const listener of [...this.listeners]) listener(change);
  }
}

function summarize(request: InfillRequest): RequestSummary {
  const { region, languageId, sampler, maxTokens } = request;
  const before = request.prefix.slice(-CONTEXT_CHARACTERS);
  return { region, languageId, sampler, maxTokens, before, after: request.suffix.slice(0, CONTEXT_CHARACTERS) };
}

/** Keeps the first and the last; needs at least three, and returns fewer than it got. */
function everySecond(steps: readonly DenoisingStep[]): DenoisingStep[] {
  return steps.filter((_, index) => index === steps.length - 1 || (index % 2 === 0 && index < steps.length - 2) || index === 0);
}

/** Most cells do not change from pass to pass, but arrive as new objects: equal ones become one, or a recording would take fifty times the memory. */
function shareEqualCells(step: DenoisingStep, previous: DenoisingStep | undefined): DenoisingStep {
  if (previous === undefined) return step;
  const cells = step.cells.map((cell, index) => {
    const before = previous.cells[index];
    return before !== undefined && isSameCell(cell, before) ? before : cell;
  });
  return { ...step, cells };
}

function isSameCell(a: CanvasCell, b: CanvasCell): boolean {
  return (
    a.state === b.state &&
    a.text === b.text &&
    a.confidence === b.confidence &&
    a.alternatives.length === b.alternatives.length &&
    a.alternatives.every((token, i) => token.text === b.alternatives[i]!.text && token.confidence === b.alternatives[i]!.confidence)
  );
}
