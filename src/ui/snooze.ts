/** When a snooze ends: at a time (milliseconds since 1970), or with the window. */
export type SnoozeEnd = { readonly kind: "at"; readonly atMs: number } | { readonly kind: "windowCloses" };

export interface SnoozeParts {
  /** milliseconds since 1970 */
  readonly nowMs: () => number;
  /** Calls `run` once. @returns what prevents that */
  readonly after: (ms: number, run: () => void) => () => void;
  /** It began, ended, or got another end. */
  readonly onChange: () => void;
}

/** A machine that slept wakes up with its timers late: so often at least the clock is looked at. */
const LOOK_MS = 60_000;

/** Whether suggestions are put off for a while, in this window. Has no timer while they are not. */
export class Snooze {
  private current: SnoozeEnd | undefined;
  private cancel: (() => void) | undefined;

  constructor(private readonly parts: SnoozeParts) {}

  /** undefined while awake. One whose time is up is over, though the timer has yet to say so. */
  get end(): SnoozeEnd | undefined {
    const { current } = this;
    return current?.kind === "at" && current.atMs <= this.parts.nowMs() ? undefined : current;
  }

  /** @param forMs undefined: until the window closes */
  begin(forMs: number | undefined): void {
    this.cancel?.();
    this.current = forMs === undefined ? { kind: "windowCloses" } : { kind: "at", atMs: this.parts.nowMs() + forMs };
    this.look();
    this.parts.onChange();
  }

  wake(): void {
    if (this.current === undefined) return;
    this.dispose();
    this.parts.onChange();
  }

  dispose(): void {
    this.cancel?.();
    this.cancel = undefined;
    this.current = undefined;
  }

  private look(): void {
    this.cancel = undefined;
    if (this.current?.kind !== "at") return;
    const leftMs = this.current.atMs - this.parts.nowMs();
    if (leftMs <= 0) this.wake();
    else this.cancel = this.parts.after(Math.min(leftMs, LOOK_MS), () => this.look());
  }
}
