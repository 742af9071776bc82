/** Runs work once, when nothing was asked for some time; a request meanwhile calls it off, until the next pause. */
export class ProbeWhenIdle {
  #timer: NodeJS.Timeout | undefined;
  #running: { readonly control: AbortController; readonly ended: Promise<void> } | undefined;
  #over = false;

  /** @param work resolves with whether it is done with for good; aborted it ends soon. A rejection ends it for good and goes to `onError` */
  constructor(
    private readonly idleMs: number,
    private readonly work: (signal: AbortSignal) => Promise<boolean>,
    private readonly onError: (error: unknown) => void,
  ) {
    this.asked();
  }

  /** Something was asked: the pause begins anew. */
  asked(): void {
    this.#running?.control.abort();
    clearTimeout(this.#timer);
    if (!this.#over) this.#timer = setTimeout(() => this.#run(), this.idleMs).unref();
  }

  /** Ends what runs, for good. */
  async end(): Promise<void> {
    this.#over = true;
    this.asked();
    await this.#running?.ended;
  }

  #run(): void {
    // One that was called off is still ending: the next pause is long.
    if (this.#running) return this.asked();
    const control = new AbortController();
    const ended = this.work(control.signal)
      .then(
        (done) => void (this.#over ||= done),
        (error: unknown) => {
          this.#over = true;
          this.onError(error);
        },
      )
      .finally(() => (this.#running = undefined));
    this.#running = { control, ended };
  }
}
