export type FaultSignal = "SIGKILL" | "SIGSTOP" | "SIGTERM";

export interface PlannedFault {
  readonly atMs: number;
  readonly signal: FaultSignal;
}

const SIGNALS: readonly FaultSignal[] = ["SIGKILL", "SIGSTOP", "SIGTERM"];

/** Faults of random kinds, one at a random moment of each of `count` equal parts of the time. @returns ascending */
export function planFaults(count: number, durationMs: number, random: () => number): PlannedFault[] {
  const partMs = durationMs / count;
  return Array.from({ length: count }, (_, part) => ({
    atMs: (part + random()) * partMs,
    signal: SIGNALS[Math.floor(random() * SIGNALS.length)]!,
  }));
}
