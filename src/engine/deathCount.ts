import type { EngineFailure } from "../backends/engineError";
import { staysDown } from "./engineState";
import { afterDeath, type RestartLimits } from "./restartPolicy";

/** Remembers when the engine died, and what that means for its next start. */
export class DeathCount {
  #deathsMs: readonly number[] = [];
  #delayMs = 0;

  constructor(
    private readonly limits: RestartLimits,
    private readonly nowMs: () => number,
  ) {}

  /** Counts a death. @returns the failure that it amounts to */
  add(failure: EngineFailure): EngineFailure {
    if (staysDown(failure)) return failure;
    const { deathsMs, decision } = afterDeath(this.#deathsMs, this.nowMs(), this.limits);
    this.#deathsMs = deathsMs;
    if (decision.kind === "stayDown")
      return { kind: "engineKeepsDying", times: decision.times, detail: "detail" in failure ? failure.detail : failure.kind };
    this.#delayMs = decision.delayMs;
    return failure;
  }

  /** How long the next start waits. Each delay is given once. */
  takeDelayMs(): number {
    const delayMs = this.#delayMs;
    this.#delayMs = 0;
    return delayMs;
  }

  forget(): void {
    this.#deathsMs = [];
    this.#delayMs = 0;
  }
}
