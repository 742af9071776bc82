/**
 * The messages between the extension side (client) and the engine's process (server), JSON-RPC 2.0 over a pipe of its own.
 * Whoever changes a message changes both sides; PROTOCOL_VERSION lets a mismatch fail at `initialize`.
 */
import { NotificationType, NotificationType0, RequestType, RequestType0 } from "vscode-jsonrpc/node";
import type { DenoisingStep, Infill, InfillRequest } from "../backends/infiller";
import type { EngineFailure } from "../backends/engineError";
import type { RuntimeInUse } from "../model/runtime/runtime";

export const PROTOCOL_VERSION = 4;

export interface InitializeParams {
  readonly protocolVersion: number;
  /** folder of a prepared model */
  readonly modelDirectory: string;
  /** 0: the engine chooses */
  readonly threads: number;
}
export interface InitializeResult {
  readonly model: string;
  readonly vocabularySize: number;
  readonly loadMs: number;
  readonly threads: number;
  readonly runtime: RuntimeInUse;
}
/** Client → server, once, first. */
export const initialize = new RequestType<InitializeParams, InitializeResult, EngineFailure>("unmask/initialize");

export interface InfillParams {
  /** chosen by the client, unique within the connection; steps carry it */
  readonly id: number;
  readonly request: InfillRequest;
  /** milliseconds from arrival; absent: none */
  readonly deadlineMs?: number;
  readonly steps: boolean;
}
/** Client → server. A newer one makes the running one answer as `aborted`. Cancelled by `abort`, never by JSON-RPC's own cancel, which would reject. */
export const infill = new RequestType<InfillParams, Infill, EngineFailure>("unmask/infill");

export interface InfillBranchesParams {
  /** as an infill's */
  readonly id: number;
  readonly request: InfillRequest;
  /** text that stands right before the cursor, one a branch; at least one, none empty */
  readonly heads: readonly string[];
  /** milliseconds from arrival, for all branches together; absent: none */
  readonly deadlineMs?: number;
}
/** Client → server: the region filled once behind each head, by the same passes; answered with an infill a head, in order. It comes, goes and is aborted as an infill does. */
export const infillBranches = new RequestType<InfillBranchesParams, readonly Infill[], EngineFailure>("unmask/infillBranches");

export interface ReadAheadParams {
  /** as an infill's */
  readonly id: number;
  readonly request: InfillRequest;
}
/**
 * Client → server: brings the request's context into the KV cache, where it may soon be asked for. Anything else comes before it: it ends with the
 * next infill, and does nothing while one runs. Answered with null when it has ended.
 */
export const readAhead = new RequestType<ReadAheadParams, null, EngineFailure>("unmask/readAhead");

/** Client → server: the infill, or the infills, with this id answer with the best so far. Unknown ids are ignored. */
export const abort = new NotificationType<{ readonly id: number }>("unmask/abort");

/** Server → client: one denoising step of the infill with this id. */
export const step = new NotificationType<{ readonly id: number; readonly step: DenoisingStep }>("unmask/step");

export interface EngineStatus {
  readonly rssBytes: number;
  readonly cachedTokens: number;
  /** processor time of the process so far */
  readonly cpuMs: number;
}
/** Client → server. */
export const status = new RequestType0<EngineStatus, EngineFailure>("unmask/status");

/** Client → server: end in order. The server also ends when the pipe closes. */
export const shutdown = new NotificationType0("unmask/shutdown");

/** Server → client, its last message: every answer is written, and the process ends. */
export const goodbye = new NotificationType0("unmask/goodbye");
