/** Times are counted in ticks of this side's own timer, not by the clock: after a pause of this very process the engine gets its chance to be heard. */
export interface SilenceLimits {
  readonly tickMs: number;
  /** An engine that has nothing to do answers a ping within so many ticks, or it hangs. */
  readonly idleTicks: number;
  /** An engine that works may be silent for so many times the longest silence that ended well … */
  readonly factor: number;
  /** … but for so many ticks at least … */
  readonly leastTicks: number;
  /** … and at most, which is also the limit until it was heard once while it worked. */
  readonly mostTicks: number;
}

/**
 * The engine reads its pipe between two passes (of at most 160 rows), so its silence while it works is as long as a pass: 0.2 s where it is quick,
 * 4 s on a machine twenty times slower. Hence what is measured decides, and 20 s stand where nothing is: the first pass may read the weights from
 * a slow disk. An idle engine answers within a millisecond; 2 s leave it time to come back from swap.
 */
export const SILENCE_LIMITS: SilenceLimits = { tickMs: 250, idleTicks: 8, factor: 6, leastTicks: 8, mostTicks: 80 };

export interface SilenceParts {
  readonly limits: SilenceLimits;
  /** Asks for a sign of life. */
  readonly ping: () => Promise<unknown>;
  /** Called once a limit is passed. */
  readonly onSilence: () => void;
  /** Calls `tick` again and again. @returns what ends that */
  readonly every: (ms: number, tick: () => void) => () => void;
}

/** Notices an engine that is asked and says nothing. Has no timer while nothing is asked. */
export class SilenceWatch {
  #stopTicking: (() => void) | undefined;
  #silentTicks = 0;
  #longestTicks: number | undefined;
  #pinging: Promise<void> | undefined;
  #isIdle = false;

  constructor(private readonly parts: SilenceParts) {}

  /** Something is asked from now on. */
  start(): void {
    if (this.#stopTicking) return;
    this.#silentTicks = 0;
    this.#stopTicking = this.parts.every(this.parts.limits.tickMs, () => this.#tick());
  }

  /** Nothing is asked any more. */
  stop(): void {
    this.#stopTicking?.();
    this.#stopTicking = undefined;
    this.#isIdle = false;
  }

  /** The engine gave a sign of life: an answer, a step or a pong. Bytes are none: they may be half a message whose end never comes. */
  heard(): void {
    if (this.#stopTicking && !this.#isIdle) this.#longestTicks = Math.max(this.#longestTicks ?? 0, this.#silentTicks);
    this.#silentTicks = 0;
    this.#isIdle = false;
  }

  /** Asks an engine that has nothing to do for a sign of life, and resolves with it. Rejects as `ping` does; where it never comes, `onSilence` is called. */
  wake(): Promise<void> {
    this.#isIdle = true;
    return this.#ping();
  }

  #tick(): void {
    this.#silentTicks += 1;
    if (this.#silentTicks > this.#limitTicks()) {
      this.stop();
      this.parts.onSilence();
      // That a ping fails is told by the calls that wait.
    } else this.#ping().catch(() => undefined);
  }

  #limitTicks(): number {
    const { idleTicks, factor, leastTicks, mostTicks } = this.parts.limits;
    if (this.#isIdle) return idleTicks;
    if (this.#longestTicks === undefined) return mostTicks;
    // What was silent for n ticks was so for less than n + 1.
    return Math.min(mostTicks, Math.max(leastTicks, factor * (this.#longestTicks + 1)));
  }

  /** One at a time: pings must not heap up in the pipe of an engine that does not read. */
  #ping(): Promise<void> {
    this.#pinging ??= this.parts
      .ping()
      .then(() => this.heard())
      .finally(() => (this.#pinging = undefined));
    return this.#pinging;
  }
}
