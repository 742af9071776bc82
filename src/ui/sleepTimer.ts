export interface SleepLimits {
  /** so long without a request, focus or not */
  readonly unusedMs: number;
  /** so long without a request in a window that has not the focus */
  readonly unfocusedMs: number;
}

/**
 * The engine holds some 700 MB and is loaded again in two to four seconds, during which a keystroke waits: who reads for ten minutes can bear that
 * once. A window without focus gets no keystrokes, and is waked by the focus before the first comes.
 */
export const SLEEP_LIMITS: SleepLimits = { unusedMs: 10 * 60_000, unfocusedMs: 5 * 60_000 };

export interface SleepParts {
  readonly limits: SleepLimits;
  readonly nowMs: () => number;
  /** Calls `run` once. @returns what prevents that */
  readonly after: (ms: number, run: () => void) => () => void;
  readonly sleep: () => void;
}

/** Decides when an engine that is there has not been wanted for long enough. Has no timer while there is none. */
export class SleepTimer {
  #cancel: (() => void) | undefined;
  #isBusy = false;
  #usedAtMs = 0;
  #unfocusedAtMs: number | undefined;

  constructor(private readonly parts: SleepParts) {}

  /** The engine begins to answer. */
  begin(): void {
    this.#isBusy = true;
  }

  /** The engine has loaded, or has answered. */
  rest(): void {
    this.#isBusy = false;
    this.#usedAtMs = this.parts.nowMs();
    // A timer that runs already looks at the time when it fires; it is not set anew with every keystroke.
    if (!this.#cancel) this.#arm();
  }

  /** There is no engine. */
  gone(): void {
    this.#isBusy = false;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  focus(isFocused: boolean): void {
    this.#unfocusedAtMs = isFocused ? undefined : this.parts.nowMs();
    if (!this.#cancel) return;
    this.#cancel();
    this.#arm();
  }

  #dueMs(): number {
    const { unusedMs, unfocusedMs } = this.parts.limits;
    const unusedDueMs = this.#usedAtMs + unusedMs;
    if (this.#unfocusedAtMs === undefined) return unusedDueMs;
    return Math.min(unusedDueMs, Math.max(this.#usedAtMs, this.#unfocusedAtMs) + unfocusedMs);
  }

  #arm(): void {
    this.#cancel = this.parts.after(Math.max(0, this.#dueMs() - this.parts.nowMs()), () => this.#look());
  }

  #look(): void {
    this.#cancel = undefined;
    // `rest` sets the timer again.
    if (this.#isBusy) return;
    if (this.parts.nowMs() < this.#dueMs()) return this.#arm();
    this.parts.sleep();
  }
}
