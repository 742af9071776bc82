import { EngineError, type EngineFailure } from "../backends/engineError";

/** Calls that wait for the engine. Each settles once, whatever happens to the process: with its answer, or when all fail. */
export class PendingCalls {
  readonly #fails = new Set<(failure: EngineFailure) => void>();
  #failure: EngineFailure | undefined;

  /** @param onCount told how many wait, whenever that changes */
  constructor(private readonly onCount: (count: number) => void) {}

  get count(): number {
    return this.#fails.size;
  }

  /**
   * @param work not called where all have failed already
   * @param failureOf what a rejection of `work` amounts to; undefined: the call waits for `failAll`, which knows more
   * @throws EngineError
   */
  add<T>(work: () => Promise<T>, failureOf: (error: unknown) => EngineFailure | undefined): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#failure) return reject(new EngineError(this.#failure));
      const fail = (failure: EngineFailure): void => {
        this.#remove(fail);
        reject(new EngineError(failure));
      };
      this.#fails.add(fail);
      this.onCount(this.count);
      // A connection that is closed throws at once instead of rejecting; an async function makes that a rejection.
      (async () => await work())().then(
        (value) => {
          this.#remove(fail);
          resolve(value);
        },
        (error: unknown) => {
          const failure = failureOf(error);
          if (failure) fail(failure);
        },
      );
    });
  }

  /** Fails every call that waits, and every later one. */
  failAll(failure: EngineFailure): void {
    this.#failure ??= failure;
    for (const fail of [...this.#fails]) fail(failure);
  }

  #remove(fail: (failure: EngineFailure) => void): void {
    if (this.#fails.delete(fail)) this.onCount(this.count);
  }
}
