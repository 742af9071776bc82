import type { CellState } from "../../backends/infiller";
import type { Guess } from "../rowReader";

/** One forward pass, as `Denoiser.forward` takes it. */
export interface SamplerPass {
  readonly clean: readonly number[];
  readonly block: readonly number[];
  readonly rows: readonly number[];
}

/** A position behind the certain tokens, after a pass. */
export interface OpenCell {
  readonly state: Exclude<CellState, "clamped" | "tail">;
  /** Absent where masked. */
  readonly guess?: Guess;
}

/** What a pass decided. */
export interface SamplerVerdict {
  /** Tokens that became certain: they follow those of earlier verdicts and never change. */
  readonly certain: readonly Guess[];
  /** How many of the pass's clean tokens stay in the cache. */
  readonly keptClean: number;
  /** The positions behind the certain tokens, in order. */
  readonly open: readonly OpenCell[];
}

/**
 * Decides which positions a pass computes and what its logits reveal. Stateful: `propose`, then `dispose` with that pass's logits, then `propose` …
 * Every pass makes at least one token certain, or reveals at least one position of a block of finite size.
 */
export interface Sampler {
  propose(): SamplerPass;
  /** @param logits one row [V] for each of the pass's `rows`; read before the call returns. @throws EngineError `modelDamaged` */
  dispose(logits: readonly Float32Array[]): SamplerVerdict;
}
