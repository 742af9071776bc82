import { setTimeout as sleep } from "node:timers/promises";
import { EngineError, type EngineFailure } from "../backends/engineError";
import type { EngineClient } from "./client";
import { staysDown, type EngineState } from "./engineState";
import { afterDeath, RESTART_LIMITS, type RestartLimits } from "./restartPolicy";

export interface SupervisorOptions {
  /** A client that was not started yet, with the settings of now. */
  readonly createClient: () => EngineClient;
  readonly limits?: RestartLimits;
  /** Milliseconds on a clock that never goes back. Absent: `performance.now`. */
  readonly nowMs?: () => number;
  readonly onLog?: (line: string) => void;
}

const STOPPED_EARLY: EngineFailure = { kind: "engineWontStart", detail: "it was stopped before it started" };

/** Keeps one engine: starts it when it is first needed, and again when it dies, until it dies too often. */
export class EngineSupervisor {
  #state: EngineState = { kind: "stopped" };
  #client: EngineClient | undefined;
  #starting: Promise<EngineClient> | undefined;
  /** Aborted when the engine that is starting is not wanted any more. */
  #life = new AbortController();
  #disposed = false;
  #deathsMs: readonly number[] = [];
  #delayMs = 0;
  #thinking = 0;
  readonly #listeners = new Set<(state: EngineState) => void>();
  readonly #nowMs: () => number;

  constructor(private readonly options: SupervisorOptions) {
    this.#nowMs = options.nowMs ?? (() => performance.now());
  }

  get state(): EngineState {
    return this.#state;
  }

  /** Calls `listener` with each new state. @returns what ends that */
  onState(listener: (state: EngineState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Starts the engine if it is not there. @throws EngineError */
  async warm(): Promise<void> {
    await this.ready();
  }

  /** The running engine, started if need be. @throws EngineError */
  ready(): Promise<EngineClient> {
    if (this.#disposed) return Promise.reject(new EngineError({ kind: "engineWontStart", detail: "it was closed" }));
    if (this.#client) return Promise.resolve(this.#client);
    if (this.#state.kind === "failed" && staysDown(this.#state.failure)) return Promise.reject(new EngineError(this.#state.failure));
    if (!this.#starting) {
      const starting = this.#start(this.#life.signal).finally(() => {
        if (this.#starting === starting) this.#starting = undefined;
      });
      this.#starting = starting;
    }
    return this.#starting;
  }

  /** Shows "thinking" until the work is settled. @returns what the work gives */
  async thinking<T>(work: Promise<T>): Promise<T> {
    this.#thinking += 1;
    this.#showActivity();
    try {
      return await work;
    } finally {
      this.#thinking -= 1;
      this.#showActivity();
    }
  }

  /** Ends the engine in order; the next request starts it again. */
  async stop(): Promise<void> {
    this.#life.abort();
    this.#life = new AbortController();
    const [client, starting] = [this.#client, this.#starting];
    this.#client = undefined;
    this.#starting = undefined;
    this.#setState({ kind: "stopped" });
    // What a start that was called off rejects with goes to those who wait for it.
    await Promise.all([client?.dispose(), starting?.catch(() => undefined)]);
  }

  /** Ends what runs, forgets what went wrong, and starts anew. @throws EngineError */
  async restart(): Promise<void> {
    await this.stop();
    this.#deathsMs = [];
    this.#delayMs = 0;
    await this.warm();
  }

  /** Ends the engine for good. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    await this.stop();
    this.#listeners.clear();
  }

  async #start(life: AbortSignal): Promise<EngineClient> {
    this.#setState({ kind: "loading" });
    await this.#backOff(life);
    if (life.aborted) throw new EngineError(STOPPED_EARLY);
    const client = this.options.createClient();
    const callOff = (): void => void client.dispose();
    life.addEventListener("abort", callOff, { once: true });
    try {
      const { model } = await client.start();
      if (life.aborted) throw new EngineError({ kind: "engineWontStart", detail: "it was stopped while it loaded" });
      this.#client = client;
      void client.ended.then((failure) => this.#onEnded(client, failure));
      this.#setState({ kind: "ready", model });
      this.#showActivity();
      return client;
    } catch (error) {
      if (!(error instanceof EngineError) || life.aborted) throw error;
      const failure = this.#recordDeath(error.failure);
      this.#setState({ kind: "failed", failure });
      throw new EngineError(failure, { cause: error });
    } finally {
      life.removeEventListener("abort", callOff);
    }
  }

  async #backOff(life: AbortSignal): Promise<void> {
    const delayMs = this.#delayMs;
    this.#delayMs = 0;
    if (delayMs === 0) return;
    await sleep(delayMs, undefined, { signal: life }).catch(() => {
      throw new EngineError(STOPPED_EARLY);
    });
  }

  /** It died after it was ready: up again, so that the next keystroke finds it. */
  #onEnded(client: EngineClient, failure: EngineFailure | undefined): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    if (!failure) return this.#setState({ kind: "stopped" });
    this.options.onLog?.(new EngineError(failure).message);
    const outcome = this.#recordDeath(failure);
    if (staysDown(outcome)) return this.#setState({ kind: "failed", failure: outcome });
    this.ready().catch((error: unknown) => this.options.onLog?.(String(error)));
  }

  /** Counts the death. @returns the failure that it amounts to */
  #recordDeath(failure: EngineFailure): EngineFailure {
    if (staysDown(failure)) return failure;
    const { deathsMs, decision } = afterDeath(this.#deathsMs, this.#nowMs(), this.options.limits ?? RESTART_LIMITS);
    this.#deathsMs = deathsMs;
    if (decision.kind === "stayDown")
      return { kind: "engineKeepsDying", times: decision.times, detail: "detail" in failure ? failure.detail : failure.kind };
    this.#delayMs = decision.delayMs;
    return failure;
  }

  #showActivity(): void {
    if (this.#state.kind !== "ready" && this.#state.kind !== "thinking") return;
    const kind = this.#thinking > 0 ? "thinking" : "ready";
    if (kind !== this.#state.kind) this.#setState({ kind, model: this.#state.model });
  }

  #setState(state: EngineState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}
