/**
 * For how long something stayed as it is, by what this process itself waited between two looks. No clock is asked: the system's may be set to any
 * time, and after a machine slept, everything looks old to a process that wakes up before the one that it watches.
 */
export class StillWatch {
  private seen: string | undefined;
  private stillMs = 0;

  /** @param waitedMs between the look before and this one */
  look(seen: string | undefined, waitedMs: number): number {
    this.stillMs = seen !== undefined && seen === this.seen ? this.stillMs + waitedMs : 0;
    this.seen = seen;
    return this.stillMs;
  }
}
