export interface InTime<T> {
  readonly signal?: AbortSignal | undefined;
  /** milliseconds from now; absent: none */
  readonly deadlineMs?: number | undefined;
  /** How long an aborted or late answer is still waited for: the engine gives its best so far between two passes. */
  readonly graceMs: number;
  /** Tells the engine that its best so far is wanted. May be called twice. */
  readonly abort: () => void;
  /** The answer where the engine gave none. */
  readonly empty: (ended: "aborted" | "deadline") => T;
}

/** The answer, no later than a grace after its deadline or its signal. Rejects only as `answer` does. */
export function settleInTime<T>(answer: Promise<T>, { signal, deadlineMs, graceMs, abort, empty }: InTime<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timers: NodeJS.Timeout[] = [];
    const giveUpIn = (ms: number, ended: "aborted" | "deadline"): void => {
      timers.push(setTimeout(() => (abort(), resolve(empty(ended))), ms));
    };
    const onAbort = (): void => {
      abort();
      giveUpIn(graceMs, "aborted");
    };
    signal?.addEventListener("abort", onAbort, { once: true });
    if (deadlineMs !== undefined) giveUpIn(Math.max(0, deadlineMs) + graceMs, "deadline");
    const tidy = (): void => {
      timers.forEach(clearTimeout);
      signal?.removeEventListener("abort", onAbort);
    };
    answer.then(resolve, reject).finally(tidy);
  });
}
