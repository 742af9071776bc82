import type { EngineStatus } from "./protocol";

export interface MemoryLimits {
  /** The engine may always take so much … */
  readonly leastLimitBytes: number;
  /** … and so many times what it took after its first answer. */
  readonly growthFactor: number;
  readonly askEveryMs: number;
  readonly restartEveryMs: number;
}

/**
 * After its first answer the engine holds nearly all it needs: weights, arenas, a KV cache. What comes on top is the caches of three more places, a
 * tenth of it, and then a leak, or an arena that fragments; twice is far from what is normal and far from what hurts. Small models are left alone below 1.5 GB. No setting: nobody could say better than
 * the engine itself what its model needs. A restart costs some seconds of suggestions, so one in five minutes is enough, whatever leaks.
 */
export const MEMORY_LIMITS: MemoryLimits = { leastLimitBytes: 1.5e9, growthFactor: 2, askEveryMs: 30_000, restartEveryMs: 300_000 };

/** An engine that can say how much memory it takes. */
export interface Measured {
  status(): Promise<Pick<EngineStatus, "rssBytes">>;
}

/** Asks an engine now and then, after it has answered, how much memory it takes. Never while it idles: there is no timer. */
export class MemoryWatch<Engine extends Measured> {
  #engine: Engine | undefined;
  #limitBytes = Infinity;
  #askedAtMs = -Infinity;
  #restartedAtMs = -Infinity;

  /** @param onTooMuch called with an engine that is to be replaced, and why in one clause */
  constructor(
    private readonly limits: MemoryLimits,
    private readonly nowMs: () => number,
    private readonly onTooMuch: (engine: Engine, why: string) => void,
  ) {}

  /** Call it after each answer. Rejects as `status` does. */
  async afterAnswer(engine: Engine): Promise<void> {
    const { leastLimitBytes, growthFactor, askEveryMs, restartEveryMs } = this.limits;
    const isNew = this.#engine !== engine;
    if (!isNew && this.nowMs() - this.#askedAtMs < askEveryMs) return;
    this.#askedAtMs = this.nowMs();
    this.#engine = engine;
    const { rssBytes } = await engine.status();
    if (this.#engine !== engine) return;
    if (isNew) this.#limitBytes = Math.max(leastLimitBytes, growthFactor * rssBytes);
    if (rssBytes <= this.#limitBytes || this.nowMs() - this.#restartedAtMs < restartEveryMs) return;
    this.#restartedAtMs = this.nowMs();
    this.onTooMuch(engine, `it takes ${megabytes(rssBytes)} MB, its limit is ${megabytes(this.#limitBytes)} MB`);
  }
}

const megabytes = (bytes: number): number => Math.round(bytes / 1e6);
