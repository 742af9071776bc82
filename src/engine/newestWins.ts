interface Job {
  readonly id: number;
  readonly controller: AbortController;
  /** Settles the caller's promise; never rejects. */
  readonly run: (signal: AbortSignal) => Promise<void>;
  readonly displace: () => void;
}

/** One job runs and the newest waits: a newer one aborts the running one, and displaces the one that waits. */
export class NewestWins {
  #running: Job | undefined;
  #waiting: Job | undefined;
  #idle: (() => void)[] = [];

  get isIdle(): boolean {
    return this.#running === undefined;
  }

  /**
   * @param run starts the work; its signal aborts when a newer job comes, or by `abort`. It must settle then, with the best so far.
   * @param displaced what a job resolves to that was given up before it ran
   * @returns what `run` gave, or `displaced()`; rejects only as `run` does
   */
  submit<T>(id: number, run: (signal: AbortSignal) => Promise<T>, displaced: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#giveUpWaiting();
      this.#waiting = {
        id,
        controller: new AbortController(),
        run: (signal) => run(signal).then(resolve, reject),
        displace: () => resolve(displaced()),
      };
      if (this.#running) this.#running.controller.abort();
      else this.#next();
    });
  }

  /** The job with this id ends with the best so far; unknown ids are ignored. */
  abort(id: number): void {
    if (this.#running?.id === id) this.#running.controller.abort();
    if (this.#waiting?.id === id) this.#giveUpWaiting();
  }

  /** Aborts what runs and gives up what waits. Resolves when nothing runs. */
  async abortAll(): Promise<void> {
    this.#giveUpWaiting();
    if (!this.#running) return;
    this.#running.controller.abort();
    await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #giveUpWaiting(): void {
    const job = this.#waiting;
    this.#waiting = undefined;
    job?.displace();
  }

  #next(): void {
    const job = this.#waiting;
    this.#waiting = undefined;
    this.#running = job;
    if (!job) {
      for (const resolve of this.#idle.splice(0)) resolve();
      return;
    }
    void job.run(job.controller.signal).finally(() => this.#next());
  }
}
