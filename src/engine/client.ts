import { performance } from "node:perf_hooks";
import {
  createMessageConnection,
  type MessageConnection,
  ResponseError,
  SocketMessageReader,
  SocketMessageWriter,
} from "vscode-jsonrpc/node";
import { EngineError, type EngineFailure } from "../backends/engineError";
import type { DenoisingStep, Infill, InfillOptions, InfillRequest } from "../backends/infiller";
import { describeStart } from "./describeStart";
import { emptyInfill } from "./emptyInfill";
import { launchEngine, type EngineProcess, type LaunchOptions } from "./launchEngine";
import * as protocol from "./protocol";

export interface EngineClientOptions extends LaunchOptions {
  /** folder of a prepared model */
  readonly modelDirectory: string;
  /** 0 or absent: the engine chooses */
  readonly threads?: number;
  /** Absent: 60 s. A model that is not loaded by then never will be. */
  readonly initializeTimeoutMs?: number;
  /** An engine that is asked and says nothing for so long hangs, and is killed. Absent: 20 s. */
  readonly silenceLimitMs?: number;
  /** How long an aborted or late call waits for the engine's best so far; then it is empty. Absent: 1 s. */
  readonly lateGraceMs?: number;
  /** How long `dispose` waits for an orderly end before it kills. Absent: 3 s. */
  readonly shutdownGraceMs?: number;
}

/** One life of the engine's process, from the caller's side. Not for a second one: the supervisor makes a new client for that. */
export class EngineClient {
  #process: EngineProcess | undefined;
  #connection: MessageConnection | undefined;
  #initialized: protocol.InitializeResult | undefined;
  #failure: EngineFailure | undefined;
  #disposing: Promise<void> | undefined;
  #lastId = 0;
  #silentTicks = 0;
  #silenceTimer: NodeJS.Timeout | undefined;
  readonly #unsettled = new Set<(failure: EngineFailure) => void>();
  readonly #onStep = new Map<number, (step: DenoisingStep) => void>();
  readonly #log: (line: string) => void;
  #announceEnd: (failure: EngineFailure | undefined) => void = () => undefined;

  /** Resolves when this engine is gone: with why, or with undefined where `dispose` ended it. Never rejects. */
  readonly ended = new Promise<EngineFailure | undefined>((resolve) => (this.#announceEnd = resolve));

  constructor(private readonly options: EngineClientOptions) {
    this.#log = options.onLog ?? (() => undefined);
  }

  /** Of the engine's process; undefined before `start`. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /**
   * Starts the process and loads the model. Call it once.
   * @throws EngineError engineWontStart, modelMissing, modelDamaged; the process is gone then
   */
  async start(): Promise<protocol.InitializeResult> {
    const child = launchEngine(this.options);
    this.#process = child;
    void child.exited.then((how) => this.#die(how));
    if (child.socket) this.#connect(child.socket);
    const timeoutMs = this.options.initializeTimeoutMs ?? 60_000;
    const timer = setTimeout(() => this.#die(`no answer within ${timeoutMs} ms`), timeoutMs);
    try {
      this.#initialized = await this.#call((connection) =>
        connection.sendRequest(protocol.initialize, {
          protocolVersion: protocol.PROTOCOL_VERSION,
          modelDirectory: this.options.modelDirectory,
          threads: this.options.threads ?? 0,
        }),
      );
      this.#log(describeStart(this.#initialized));
      return this.#initialized;
    } catch (error) {
      if (error instanceof EngineError && !this.#failure) this.#fail(error.failure);
      await child.exited;
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Fills the region; a newer call makes an older one resolve as `aborted`. Call it after `start` has resolved.
   * @throws EngineError
   */
  infill(request: InfillRequest, { signal, deadlineMs, onStep }: InfillOptions = {}): Promise<Infill> {
    const startedAtMs = performance.now();
    const id = ++this.#lastId;
    const empty = (ended: "aborted" | "deadline"): Infill =>
      emptyInfill(ended, this.#initialized?.model ?? "", performance.now() - startedAtMs);
    if (signal?.aborted) return Promise.resolve(empty("aborted"));
    if (onStep) this.#onStep.set(id, onStep);
    const answer = this.#call((connection) =>
      connection.sendRequest(protocol.infill, {
        id,
        request,
        steps: onStep !== undefined,
        ...(deadlineMs !== undefined && { deadlineMs }),
      }),
    );
    return new Promise<Infill>((resolve, reject) => {
      const timers: NodeJS.Timeout[] = [];
      const giveUpIn = (ms: number, ended: "aborted" | "deadline"): void => {
        timers.push(setTimeout(() => (this.#notify((c) => c.sendNotification(protocol.abort, { id })), resolve(empty(ended))), ms));
      };
      const graceMs = this.options.lateGraceMs ?? 1_000;
      const onAbort = (): void => {
        this.#notify((connection) => connection.sendNotification(protocol.abort, { id }));
        giveUpIn(graceMs, "aborted");
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      if (deadlineMs !== undefined) giveUpIn(Math.max(0, deadlineMs) + graceMs, "deadline");
      const tidy = (): void => {
        timers.forEach(clearTimeout);
        signal?.removeEventListener("abort", onAbort);
        this.#onStep.delete(id);
      };
      answer.then(resolve, (error: unknown) => (this.#disposing ? resolve(empty("aborted")) : reject(error as EngineError))).finally(tidy);
    });
  }

  /** @throws EngineError */
  status(): Promise<protocol.EngineStatus> {
    return this.#call((connection) => connection.sendRequest(protocol.status));
  }

  /** Ends the engine: in order, or after the grace by force. Running calls resolve as aborted. Resolves when the process is gone. */
  dispose(): Promise<void> {
    return (this.#disposing ??= this.#shutDown());
  }

  async #shutDown(): Promise<void> {
    const child = this.#process;
    if (!child) return this.#announceEnd(undefined);
    if (!this.#failure) this.#notify((connection) => connection.sendNotification(protocol.shutdown));
    const timer = setTimeout(() => child.kill(), this.options.shutdownGraceMs ?? 3_000);
    await child.exited;
    clearTimeout(timer);
    this.#die("it was closed");
  }

  #connect(socket: NonNullable<EngineProcess["socket"]>): void {
    const log = this.#log;
    const logger = { error: log, warn: log, info: log, log };
    const connection = createMessageConnection(new SocketMessageReader(socket), new SocketMessageWriter(socket), logger);
    this.#connection = connection;
    connection.onNotification(protocol.step, ({ id, step }) => this.#onStep.get(id)?.(step));
    connection.onNotification(protocol.goodbye, () => undefined);
    // An error with a code is the pipe's own (reset, broken): it is closed. Any other is the reader's, about what came.
    connection.onError(([error]) => {
      if ("code" in error) this.#onPipeClosed();
      else this.#die(`what it sent cannot be read: ${error.message}`);
    });
    connection.onUnhandledNotification(({ method }) => log(`The engine sent a message that this side does not know: ${method}`));
    connection.onClose(() => this.#onPipeClosed());
    connection.listen();
    socket.on("data", () => (this.#silentTicks = 0));
  }

  /** Usually the process is ending, and how it ended says more than the closed pipe. */
  #onPipeClosed(): void {
    const timer = setTimeout(() => this.#die("it closed its pipe"), 500);
    void this.#process?.exited.then(() => clearTimeout(timer));
  }

  #die(detail: string): void {
    this.#fail(this.#initialized ? { kind: "engineDied", detail } : { kind: "engineWontStart", detail });
  }

  /** Settles everything, once, and makes sure that the process goes. */
  #fail(failure: EngineFailure): void {
    if (this.#failure) return;
    this.#failure = failure;
    this.#process?.kill();
    clearInterval(this.#silenceTimer);
    for (const settle of [...this.#unsettled]) settle(failure);
    this.#connection?.dispose();
    this.#announceEnd(this.#disposing ? undefined : failure);
  }

  /** Sends a request whose promise settles whatever happens to the process. */
  #call<T>(send: (connection: MessageConnection) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const fail = (failure: EngineFailure): void => {
        this.#forget(fail);
        reject(new EngineError(failure));
      };
      this.#remember(fail);
      if (this.#failure) return fail(this.#failure);
      // Without a connection there is no process, and its `exited` settles this call.
      if (!this.#connection) return;
      const succeed = (value: T): void => {
        this.#forget(fail);
        resolve(value);
      };
      // What is no answer is a broken connection: how the process ended, known in a moment, says why.
      trying(() => send(this.#connection!)).then(succeed, (error: unknown) => {
        if (error instanceof ResponseError) fail(failureIn(error));
        else this.#onPipeClosed();
      });
    });
  }

  #notify(send: (connection: MessageConnection) => Promise<void>): void {
    if (!this.#connection || this.#failure) return;
    trying(() => send(this.#connection!)).catch((error: unknown) => this.#log(`A message to the engine was not sent: ${String(error)}`));
  }

  #remember(fail: (failure: EngineFailure) => void): void {
    this.#unsettled.add(fail);
    if (this.#silenceTimer || !this.#initialized) return;
    // Ticks, not the clock: after a pause of this very process the engine gets its chance to be heard.
    this.#silentTicks = 0;
    const tickMs = (this.options.silenceLimitMs ?? 20_000) / 4;
    this.#silenceTimer = setInterval(() => this.#tick(), tickMs).unref();
  }

  #forget(fail: (failure: EngineFailure) => void): void {
    this.#unsettled.delete(fail);
    if (this.#unsettled.size > 0) return;
    clearInterval(this.#silenceTimer);
    this.#silenceTimer = undefined;
  }

  #tick(): void {
    if (++this.#silentTicks > 4) return this.#die("it no longer answers");
    // Between two passes it answers this; what it says does not matter. That it fails is told by the calls that wait.
    trying(() => this.#connection!.sendRequest(protocol.status)).catch(() => undefined);
  }
}

/** A closed connection throws at once instead of rejecting. */
async function trying<T>(work: () => Promise<T>): Promise<T> {
  return await work();
}

function failureIn(error: ResponseError<unknown>): EngineFailure {
  const data = error.data as Partial<EngineFailure> | undefined;
  return typeof data?.kind === "string" ? (data as EngineFailure) : { kind: "engineDied", detail: error.message };
}
