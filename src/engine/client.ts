import { performance } from "node:perf_hooks";
import type { MessageConnection } from "vscode-jsonrpc/node";
import { EngineError, type EngineFailure } from "../backends/engineError";
import type { BranchOptions, DenoisingStep, Infill, InfillOptions, InfillRequest } from "../backends/infiller";
import { areInfills, isEngineStatus, isInfill, isInitializeResult, isNull, isStepParams } from "./answerShapes";
import { describeStart } from "./describeStart";
import { emptyInfill } from "./emptyInfill";
import { EngineLink } from "./engineLink";
import type { LaunchOptions } from "./launchEngine";
import * as protocol from "./protocol";
import { settleInTime } from "./settleInTime";
import type { SilenceLimits } from "./silenceWatch";

export interface EngineClientOptions extends LaunchOptions {
  /** folder of a prepared model */
  readonly modelDirectory: string;
  /** 0 or absent: the engine chooses */
  readonly threads?: number;
  /** Absent: 60 s. A model that is not loaded by then never will be. */
  readonly initializeTimeoutMs?: number;
  /** When an engine that is asked and says nothing hangs; it is killed then. */
  readonly silence?: SilenceLimits;
  /** How long an aborted or late call waits for the engine's best so far; then it is empty. Absent: 1 s. */
  readonly lateGraceMs?: number;
  /** How long `dispose` waits for an orderly end before it kills. Absent: 3 s. */
  readonly shutdownGraceMs?: number;
}

/** A call that an abort and a deadline bound. */
interface BoundedCall<T> {
  readonly id: number;
  /** @param left what is left of the deadline when it is sent */
  readonly send: (connection: MessageConnection, left: { readonly deadlineMs?: number }) => Promise<T>;
  readonly isWellFormed: (value: unknown) => value is T;
  /** The answer where the engine gave none. */
  readonly empty: (infill: Infill) => T;
}

/** One life of the engine, in the terms of its callers. Not for a second one: the supervisor makes a new client for that. */
export class EngineClient {
  #link: EngineLink | undefined;
  #model = "";
  #disposing: Promise<void> | undefined;
  #lastId = 0;
  readonly #onStep = new Map<number, (step: DenoisingStep) => void>();
  #announceEnd: (failure: EngineFailure | undefined) => void = () => undefined;

  /** Resolves when this engine is gone: with why, or with undefined where `dispose` ended it. Never rejects. */
  readonly ended = new Promise<EngineFailure | undefined>((resolve) => (this.#announceEnd = resolve));

  constructor(private readonly options: EngineClientOptions) {}

  /** Of the engine's process; undefined before `start`. */
  get pid(): number | undefined {
    return this.#link?.pid;
  }

  /**
   * Starts the process and loads the model. Call it once.
   * @throws EngineError engineWontStart, modelMissing, modelDamaged; the process is gone then
   */
  async start(): Promise<protocol.InitializeResult> {
    const { modelDirectory, threads = 0, initializeTimeoutMs = 60_000, onLog } = this.options;
    const link = new EngineLink({ ...this.options, onStep: (params) => this.#step(params) });
    this.#link = link;
    void link.failed.then((failure) => this.#announceEnd(this.#disposing ? undefined : failure));
    const timer = setTimeout(() => link.die(`no answer within ${initializeTimeoutMs} ms`), initializeTimeoutMs);
    try {
      const params = { protocolVersion: protocol.PROTOCOL_VERSION, modelDirectory, threads };
      const initialized = await link.call((connection) => connection.sendRequest(protocol.initialize, params), isInitializeResult);
      link.markReady();
      this.#model = initialized.model;
      onLog?.(describeStart(initialized));
      return initialized;
    } catch (error) {
      if (error instanceof EngineError) link.fail(error.failure);
      await link.exited;
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Fills the region; a newer call makes an older one resolve as `aborted`. Call it after `start` has resolved.
   * @throws EngineError
   */
  async infill(request: InfillRequest, { onStep, ...options }: InfillOptions = {}): Promise<Infill> {
    const id = ++this.#lastId;
    if (onStep) this.#onStep.set(id, onStep);
    const params = { id, request, steps: onStep !== undefined };
    const call: BoundedCall<Infill> = {
      id,
      send: (connection, left) => connection.sendRequest(protocol.infill, { ...params, ...left }),
      isWellFormed: isInfill,
      empty: (infill) => infill,
    };
    return this.#inTime(call, options).finally(() => this.#onStep.delete(id));
  }

  /**
   * Fills the region once behind each of `heads`, which stand before the cursor, by the same passes. As `infill` in all else; it makes no steps.
   * @returns an infill a head, in order
   * @throws EngineError
   */
  infillBranches(request: InfillRequest, heads: readonly string[], options: BranchOptions = {}): Promise<readonly Infill[]> {
    const id = ++this.#lastId;
    return this.#inTime(
      {
        id,
        send: (connection, left) => connection.sendRequest(protocol.infillBranches, { id, request, heads, ...left }),
        isWellFormed: areInfills(heads.length),
        empty: (infill) => heads.map(() => infill),
      },
      options,
    );
  }

  /** Lets the engine read the request's context, where it may soon be asked for. Ends with the next call of `infill`. @throws EngineError */
  async readAhead(request: InfillRequest): Promise<void> {
    const link = this.#started();
    const id = ++this.#lastId;
    const waking = link.wakeIfIdle();
    await link.call(async (connection) => {
      if (waking) await waking;
      return connection.sendRequest(protocol.readAhead, { id, request });
    }, isNull);
  }

  /** @throws EngineError */
  status(): Promise<protocol.EngineStatus> {
    return this.#started().call((connection) => connection.sendRequest(protocol.status), isEngineStatus);
  }

  /** Resolves when no call waits for the engine, at the latest after `limitMs`. */
  async idle(limitMs: number): Promise<void> {
    await this.#link?.idle(limitMs);
  }

  /** Ends the engine: in order, or after the grace by force. Running calls resolve as aborted. Resolves when the process is gone. */
  dispose(): Promise<void> {
    return (this.#disposing ??= this.#shutDown());
  }

  async #shutDown(): Promise<void> {
    const link = this.#link;
    if (!link) return this.#announceEnd(undefined);
    link.notify((connection) => connection.sendNotification(protocol.shutdown));
    const timer = setTimeout(() => link.kill(), this.options.shutdownGraceMs ?? 3_000);
    await link.exited;
    clearTimeout(timer);
    link.die("it was closed");
  }

  /** Asks when the engine is awake, and settles in time whatever it does: as `aborted` where this client is disposed of. @throws EngineError */
  async #inTime<T>({ id, send, isWellFormed, empty }: BoundedCall<T>, { signal, deadlineMs }: BranchOptions): Promise<T> {
    const link = this.#started();
    const startedAtMs = performance.now();
    const waitedMs = (): number => performance.now() - startedAtMs;
    const emptyAnswer = (ended: "aborted" | "deadline"): T => empty(emptyInfill(ended, this.#model, waitedMs()));
    if (signal?.aborted) return emptyAnswer("aborted");
    const waking = link.wakeIfIdle();
    const answer = link.call(async (connection) => {
      if (waking) await waking;
      // The engine ignores an abort that comes before its request.
      if (signal?.aborted) return emptyAnswer("aborted");
      return send(connection, deadlineMs === undefined ? {} : { deadlineMs: Math.max(0, deadlineMs - waitedMs()) });
    }, isWellFormed);
    return settleInTime(
      answer.catch((error: unknown) => {
        if (this.#disposing) return emptyAnswer("aborted");
        throw error;
      }),
      {
        signal,
        deadlineMs,
        graceMs: this.options.lateGraceMs ?? 1_000,
        abort: () => link.notify((connection) => connection.sendNotification(protocol.abort, { id })),
        empty: emptyAnswer,
      },
    );
  }

  #started(): EngineLink {
    if (this.#link) return this.#link;
    throw new Error("start() comes first");
  }

  #step(params: unknown): void {
    if (isStepParams(params)) this.#onStep.get(params.id)?.(params.step);
    else this.#link?.die("it sent what is no denoising step");
  }
}
