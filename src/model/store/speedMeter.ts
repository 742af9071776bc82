const WINDOW_MS = 5_000;
/** Below this a speed says more about buffers than about the line. */
const LEAST_MS = 500;

/** Speed over the last five seconds, from totals seen at points in time. */
export class SpeedMeter {
  private readonly seen: { atMs: number; bytes: number }[] = [];

  /**
   * @param bytes all bytes so far, not fewer than before
   * @param atMs a clock that does not go back
   * @returns bytes per second; undefined in the first half second
   */
  add(bytes: number, atMs: number): number | undefined {
    this.seen.push({ atMs, bytes });
    while (this.seen.length > 2 && this.seen[1]!.atMs <= atMs - WINDOW_MS) this.seen.shift();
    const first = this.seen[0]!;
    const elapsedMs = atMs - first.atMs;
    return elapsedMs < LEAST_MS ? undefined : ((bytes - first.bytes) * 1000) / elapsedMs;
  }
}
