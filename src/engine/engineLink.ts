import { performance } from "node:perf_hooks";
import { type MessageConnection, ResponseError } from "vscode-jsonrpc/node";
import type { EngineFailure } from "../backends/engineError";
import { launchEngine, type EngineProcess, type LaunchOptions } from "./launchEngine";
import { openConnection } from "./openConnection";
import { PendingCalls } from "./pendingCalls";
import * as protocol from "./protocol";
import { readFailure } from "./readFailure";
import { SILENCE_LIMITS, SilenceWatch, type SilenceLimits } from "./silenceWatch";

export interface LinkOptions extends LaunchOptions {
  /** When an engine that is asked and says nothing hangs; it is killed then. */
  readonly silence?: SilenceLimits;
  /** A step came; its shape is not checked yet. */
  readonly onStep: (params: unknown) => void;
}

/** An engine that was heard so recently is not asked whether it still lives before it gets a request. */
const FRESH_MS = 1_000;
/** Usually the process is ending, and how it ended says more than its closed pipe. */
const CLOSED_PIPE_GRACE_MS = 500;

/** The engine's process and the pipe to it. Whatever goes wrong with either ends both, and settles every call. */
export class EngineLink {
  readonly #process: EngineProcess;
  readonly #connection: MessageConnection | undefined;
  readonly #calls = new PendingCalls((count) => this.#onCount(count));
  readonly #silence: SilenceWatch;
  readonly #log: (line: string) => void;
  #isReady = false;
  #failure: EngineFailure | undefined;
  #waking: Promise<void> | undefined;
  #heardAtMs = -Infinity;
  #onIdle: (() => void)[] = [];
  #announceFailure: (failure: EngineFailure) => void = () => undefined;

  /** Resolves when this engine is gone or about to go, with why. */
  readonly failed = new Promise<EngineFailure>((resolve) => (this.#announceFailure = resolve));

  /** Starts the process. */
  constructor(options: LinkOptions) {
    this.#log = options.onLog ?? (() => undefined);
    this.#silence = new SilenceWatch({
      limits: options.silence ?? SILENCE_LIMITS,
      ping: async () => this.#connection?.sendRequest(protocol.status),
      onSilence: () => this.die("it no longer answers"),
      every: (ms, tick) => {
        const timer = setInterval(tick, ms).unref();
        return () => clearInterval(timer);
      },
    });
    this.#process = launchEngine(options);
    void this.#process.exited.then((how) => this.die(how));
    if (this.#process.socket)
      this.#connection = openConnection(this.#process.socket, {
        onStep: (params) => {
          this.#heard();
          options.onStep(params);
        },
        onClosed: () => this.#onPipeClosed(),
        onUnreadable: (detail) => this.die(`what it sent cannot be read: ${detail}`),
        onLog: this.#log,
      });
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  get failure(): EngineFailure | undefined {
    return this.#failure;
  }

  /** Resolves when the process is gone. */
  get exited(): Promise<unknown> {
    return this.#process.exited;
  }

  /** The model is loaded: from now on an engine that is asked must be heard. */
  markReady(): void {
    this.#isReady = true;
  }

  /** Sends a request whose promise settles whatever happens to the process. An answer of the wrong shape ends the engine. @throws EngineError */
  call<T>(send: (connection: MessageConnection) => Promise<T>, isWellFormed: (value: unknown) => value is T): Promise<T> {
    const work = async (): Promise<T> => {
      // Without a connection there is no process, and its `exited` settles this call.
      if (!this.#connection) return new Promise<never>(() => undefined);
      const answer = await send(this.#connection);
      this.#heard();
      if (isWellFormed(answer)) return answer;
      this.die("what it answered is no answer");
      throw new Error("the call has failed with all others");
    };
    return this.#calls.add(work, (error) => this.#failureOf(error));
  }

  /** Sends a message that has no answer. That it was not sent is logged; what is wrong with the pipe is told by the calls. */
  notify(send: (connection: MessageConnection) => Promise<void>): void {
    const connection = this.#connection;
    if (!connection || this.#failure) return;
    // A closed connection throws at once instead of rejecting.
    (async () => await send(connection))().catch((error: unknown) => this.#log(`A message to the engine was not sent: ${String(error)}`));
  }

  /**
   * An engine that hangs while nothing is asked is found by the next request, which asks for a sign of life first: that costs a millisecond
   * after a pause, and nothing while nobody types.
   * @returns resolves with the sign of life, or never; undefined where none is needed
   */
  wakeIfIdle(): Promise<void> | undefined {
    if (this.#calls.count === 0 && performance.now() - this.#heardAtMs > FRESH_MS)
      this.#waking = this.#silence.wake().finally(() => (this.#waking = undefined));
    return this.#waking;
  }

  /** Resolves when no call waits, at the latest after `limitMs`. */
  async idle(limitMs: number): Promise<void> {
    if (this.#calls.count === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, limitMs);
      this.#onIdle.push(() => (clearTimeout(timer), resolve()));
    });
  }

  kill(): void {
    this.#process.kill();
  }

  /** Ends the engine, for a reason in one clause. */
  die(detail: string): void {
    this.fail(this.#isReady ? { kind: "engineDied", detail } : { kind: "engineWontStart", detail });
  }

  /** Settles everything, once, and makes sure that the process goes. */
  fail(failure: EngineFailure): void {
    if (this.#failure) return;
    this.#failure = failure;
    this.#process.kill();
    this.#calls.failAll(failure);
    this.#connection?.dispose();
    this.#announceFailure(failure);
  }

  #heard(): void {
    this.#heardAtMs = performance.now();
    this.#silence.heard();
  }

  #onPipeClosed(): void {
    if (this.#failure) return;
    const timer = setTimeout(() => this.die("it closed its pipe"), CLOSED_PIPE_GRACE_MS);
    void this.#process.exited.then(() => clearTimeout(timer));
  }

  #onCount(count: number): void {
    // A model that loads is silent for as long as that takes, and has a limit of its own.
    if (count > 0 && this.#isReady) this.#silence.start();
    if (count > 0) return;
    this.#silence.stop();
    for (const resolve of this.#onIdle.splice(0)) resolve();
  }

  #failureOf(error: unknown): EngineFailure | undefined {
    if (error instanceof ResponseError) {
      this.#heard();
      return readFailure(error.data) ?? { kind: "engineDied", detail: error.message };
    }
    // What is no answer is a broken connection: how the process ended, known in a moment, says why.
    this.#onPipeClosed();
    return undefined;
  }
}
