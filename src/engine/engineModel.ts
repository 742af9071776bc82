import type { DenoisingStep, Infill, InfillRequest, InfillTimes } from "../backends/infiller";
import type { RuntimeInUse } from "../model/runtime/runtime";

/** What steers one run of the denoising loop. Times are on the clock of `performance.now()`, in milliseconds. */
export interface ModelControl {
  /** Aborted between two passes: the answer is the best so far, ended `aborted`. */
  readonly signal: AbortSignal;
  /** When the request reached the engine; `DenoisingStep.atMs` counts from here. */
  readonly arrivedAtMs: number;
  /** When the best so far is the answer; absent: never. */
  readonly deadlineAtMs?: number;
  /** Absent: steps are not made. */
  readonly onStep?: (step: DenoisingStep) => void;
}

export type BranchControl = Omit<ModelControl, "onStep">;

/** An `Infill` without what only the server knows. */
export type ModelAnswer = Omit<Infill, "model" | "times"> & { readonly times: Pick<InfillTimes, "prefillMs" | "denoiseMs"> };

/** A loaded model, as the server sees it. One `infill` or `infillBranches` at a time; between passes it lets the event loop turn, or aborts are never read. */
export interface EngineModel {
  readonly name: string;
  readonly vocabularySize: number;
  readonly runtime: RuntimeInUse;
  infill(request: InfillRequest, control: ModelControl): Promise<ModelAnswer>;
  /** The region filled once behind each of `heads`, which stand before the cursor, by the same passes. Makes no steps. @returns an answer a head, in order */
  infillBranches(request: InfillRequest, heads: readonly string[], control: BranchControl): Promise<readonly ModelAnswer[]>;
  /** Brings a request's context into the cache, as far as it comes before the signal aborts. */
  readAhead(request: InfillRequest, signal: AbortSignal): Promise<void>;
  /** Tokens whose keys and values are cached now. */
  cachedTokens(): number;
  dispose(): Promise<void>;
}

/**
 * Opens a prepared model.
 * @param directory folder of a prepared model
 * @param threads at least 1
 * @throws EngineError modelMissing, modelDamaged
 */
export type LoadModel = (directory: string, threads: number) => Promise<EngineModel>;
