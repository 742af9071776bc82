/** A clock that goes on only when it is told to, and what is to happen at its hours. */
export class VirtualTime {
  nowMs = 0;
  private readonly events: { atMs: number; run: () => void }[] = [];

  /** @param ms from now, 0 or more */
  after(ms: number, run: () => void): void {
    const atMs = this.nowMs + ms;
    const before = this.events.findIndex((event) => event.atMs > atMs);
    this.events.splice(before < 0 ? this.events.length : before, 0, { atMs, run });
  }

  /** Resolves after the time, or when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      signal.addEventListener("abort", () => resolve(), { once: true });
      this.after(ms, resolve);
    });
  }

  /** Lets so much time pass; whatever a promise does happens in the order of the clock. */
  async pass(ms: number): Promise<void> {
    const untilMs = this.nowMs + ms;
    await settled();
    while (this.events.length > 0 && this.events[0]!.atMs <= untilMs) {
      const { atMs, run } = this.events.shift()!;
      this.nowMs = atMs;
      run();
      await settled();
    }
    this.nowMs = untilMs;
  }
}

/** All promises that can settle have done so. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
