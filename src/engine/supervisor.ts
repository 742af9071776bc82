import { setTimeout as sleep } from "node:timers/promises";
import { EngineError, type EngineFailure } from "../backends/engineError";
import { logWords } from "../backends/logWords";
import type { EngineClient } from "./client";
import { DeathCount } from "./deathCount";
import { isUp, staysDown, type EngineInUse, type EngineState } from "./engineState";
import { MEMORY_LIMITS, MemoryWatch, type MemoryLimits } from "./memoryWatch";
import { RESTART_LIMITS, type RestartLimits } from "./restartPolicy";
import { runtimeWords } from "./runtimeWords";
import type { Turn } from "./turn";

export interface SupervisorOptions {
  /** A client that was not started yet, with the settings of now. */
  readonly createClient: () => EngineClient;
  readonly limits?: RestartLimits;
  readonly memory?: MemoryLimits;
  /** Absent: this process needs no leave to hold an engine. */
  readonly turn?: Turn;
  /** Milliseconds on a clock that never goes back. Absent: `performance.now`. */
  readonly nowMs?: () => number;
  readonly onLog?: (line: string) => void;
}

/** An engine that is to go may finish what it is asked, a fill at most. */
const LAST_ANSWER_MS = 10_000;

const wontStart = (detail: string): EngineError => new EngineError({ kind: "engineWontStart", detail });

/** Keeps one engine: starts it when it is first needed, and again when it dies, until it dies too often. */
export class EngineSupervisor {
  #state: EngineState = { kind: "stopped" };
  #client: EngineClient | undefined;
  #starting: Promise<EngineClient> | undefined;
  #engineInUse: EngineInUse | undefined;
  /** Ends the engine that loads, in order to load it anew when the turn comes again. */
  #callOffLoad: (() => void) | undefined;
  /** Aborted when the engine that is starting is not wanted any more. */
  #life = new AbortController();
  #disposed = false;
  #thinking = 0;
  readonly #leaving = new Set<Promise<void>>();
  readonly #deaths: DeathCount;
  readonly #memory: MemoryWatch<EngineClient>;
  readonly #listeners = new Set<(state: EngineState) => void>();

  constructor(private readonly options: SupervisorOptions) {
    const nowMs = options.nowMs ?? (() => performance.now());
    this.#deaths = new DeathCount(options.limits ?? RESTART_LIMITS, nowMs);
    this.#memory = new MemoryWatch(options.memory ?? MEMORY_LIMITS, nowMs, (client, why) => this.#replace(client, why));
    if (options.turn) options.turn.onLost = () => this.#onTurnLost();
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
    if (this.#disposed) return Promise.reject(wontStart("it was closed"));
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
      // That an engine does not answer is told by its end.
      if (this.#thinking === 0 && this.#client) this.#memory.afterAnswer(this.#client).catch(() => undefined);
    }
  }

  /** Ends the engine in order; the next request starts it again. */
  async stop(): Promise<void> {
    this.#life.abort();
    this.#life = new AbortController();
    const [client, starting] = [this.#client, this.#starting];
    this.#client = undefined;
    this.#starting = undefined;
    this.options.turn?.rest();
    this.#setState({ kind: "stopped" });
    if (client) this.#leave(client.dispose());
    // What a start that was called off rejects with goes to those who wait for it.
    await Promise.all([...this.#leaving, starting?.catch(() => undefined)]);
  }

  /** Ends what runs, forgets what went wrong, and starts anew. @throws EngineError */
  async restart(): Promise<void> {
    await this.stop();
    this.#deaths.forget();
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
    const delayMs = this.#deaths.takeDelayMs();
    // Aborted, it goes on at once, and the turn is not taken.
    if (delayMs > 0) await sleep(delayMs, undefined, { signal: life }).catch(() => undefined);
    let client: EngineClient | undefined;
    while (!client) {
      // One at a time, of this window's too.
      await Promise.all(this.#leaving);
      await this.#takeTurn(life);
      client = await this.#load(life);
    }
    return client;
  }

  async #takeTurn(life: AbortSignal): Promise<void> {
    const isTaken = await (this.options.turn?.take(life) ?? Promise.resolve(true)).catch((error: unknown) => {
      if (!life.aborted) throw error;
    });
    if (life.aborted) throw wontStart("it was stopped before it started");
    if (isTaken) return;
    this.#setState({ kind: "stopped", why: "otherWindow" });
    throw wontStart("another window has it");
  }

  /** @returns undefined where the turn was lost meanwhile. @throws EngineError */
  async #load(life: AbortSignal): Promise<EngineClient | undefined> {
    const client = this.options.createClient();
    let isTurnLost = false;
    const callOff = (): void => this.#leave(client.dispose());
    this.#callOffLoad = () => {
      isTurnLost = true;
      callOff();
    };
    life.addEventListener("abort", callOff, { once: true });
    try {
      const { model, threads, runtime } = await client.start();
      if (life.aborted) throw wontStart("it was stopped while it loaded");
      if (isTurnLost) return undefined;
      this.#client = client;
      this.#engineInUse = { model, threads, runtime: runtimeWords(runtime) };
      void client.ended.then((failure) => this.#onEnded(client, failure));
      this.#setState({ kind: "ready", ...this.#engineInUse });
      this.#showActivity();
      return client;
    } catch (error) {
      if (!(error instanceof EngineError) || life.aborted) throw error;
      if (isTurnLost) return undefined;
      this.options.turn?.rest();
      const failure = this.#deaths.add(error.failure);
      this.#setState({ kind: "failed", failure });
      throw new EngineError(failure, { cause: error });
    } finally {
      life.removeEventListener("abort", callOff);
      this.#callOffLoad = undefined;
    }
  }

  /** It died after it was ready: up again, so that the next keystroke finds it. */
  #onEnded(client: EngineClient, failure: EngineFailure | undefined): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    if (!failure) return this.#setState({ kind: "stopped" });
    const outcome = this.#deaths.add(failure);
    if (!staysDown(outcome)) {
      this.options.onLog?.(logWords(new EngineError(failure)));
      return this.#startAgain();
    }
    // What the state is set to is logged by whoever shows it.
    this.options.turn?.rest();
    this.#setState({ kind: "failed", failure: outcome });
  }

  #onTurnLost(): void {
    this.#callOffLoad?.();
    const client = this.#client;
    if (!client) return;
    this.options.onLog?.("Another window takes the engine's turn; here it is ended.");
    this.#retire(client);
    this.#setState({ kind: "stopped", why: "otherWindow" });
  }

  #replace(client: EngineClient, why: string): void {
    if (this.#client !== client) return;
    this.options.onLog?.(`The engine is started anew: ${why}.`);
    this.#retire(client);
    this.#startAgain();
  }

  /** Lets an engine finish what it is asked, and ends it. Who asks from now on gets another. */
  #retire(client: EngineClient): void {
    this.#client = undefined;
    this.#leave(client.idle(LAST_ANSWER_MS).then(() => client.dispose()));
  }

  #leave(going: Promise<void>): void {
    const gone = going.finally(() => this.#leaving.delete(gone));
    this.#leaving.add(gone);
  }

  /** Without being asked. What goes wrong is shown by the state. */
  #startAgain(): void {
    this.ready().catch((error: unknown) => {
      if (!(error instanceof EngineError)) this.options.onLog?.(String(error));
    });
  }

  #showActivity(): void {
    if (!isUp(this.#state.kind) || !this.#engineInUse) return;
    const kind = this.#thinking > 0 ? "thinking" : "ready";
    if (kind !== this.#state.kind) this.#setState({ kind, ...this.#engineInUse });
  }

  #setState(state: EngineState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}
