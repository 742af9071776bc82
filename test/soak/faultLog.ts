import type { EngineRoster } from "./engineRoster";
import type { FaultSignal, PlannedFault } from "./planFaults";

/** Something bad that was done to the engine, and how long its user went without. */
export interface Fault {
  readonly signal: FaultSignal;
  readonly engine: "ready" | "loading";
  readonly atMs: number;
  /** until the next request: cached answers and places without any need none */
  askedAfterMs?: number;
  /** until a request made later was answered by the model, and until such an answer was a suggestion */
  answeredAfterMs?: number;
  suggestedAfterMs?: number;
}

/** Does the planned faults when they are due, and notes when all is well again. */
export class FaultLog {
  readonly faults: Fault[] = [];
  private readonly planned: PlannedFault[];

  constructor(
    planned: readonly PlannedFault[],
    private readonly engines: EngineRoster,
  ) {
    this.planned = [...planned];
  }

  /** Whether each planned fault was done, and a suggestion came after it. */
  get isOver(): boolean {
    return this.planned.length === 0 && this.faults.every(({ suggestedAfterMs }) => suggestedAfterMs !== undefined);
  }

  /** Does what is due by now, one at a time, where there is an engine. */
  commitDue(nowMs: number): void {
    const [due] = this.planned;
    const engine = this.engines.newest();
    if (due === undefined || due.atMs > nowMs || engine === undefined) return;
    this.planned.shift();
    const isReady = engine.readySinceMs !== undefined;
    // An engine that stands still while it loads is given a minute, by design: that is another test's matter (supervisor, client).
    const signal = !isReady && due.signal === "SIGSTOP" ? "SIGKILL" : due.signal;
    this.faults.push({ signal, engine: isReady ? "ready" : "loading", atMs: nowMs });
    try {
      process.kill(engine.pid, signal);
    } catch (error) {
      // It ended of its own accord in this very moment.
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }

  /** A request is made. */
  asked(nowMs: number): void {
    for (const fault of this.faults) fault.askedAfterMs ??= nowMs - fault.atMs;
  }

  /** A request made at `askedAtMs` was answered by the model. */
  answered(askedAtMs: number, nowMs: number): void {
    for (const fault of this.faults) if (fault.atMs < askedAtMs) fault.answeredAfterMs ??= nowMs - fault.atMs;
  }

  /** A keystroke of `askedAtMs` got a suggestion from the engine. */
  suggested(askedAtMs: number, nowMs: number): void {
    for (const fault of this.faults) if (fault.atMs < askedAtMs) fault.suggestedAfterMs ??= nowMs - fault.atMs;
  }
}
