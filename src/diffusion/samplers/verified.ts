import type { Guess, RowReader } from "../rowReader";
import type { DraftSource } from "./draftSource";
import type { OpenCell, Sampler, SamplerPass, SamplerVerdict } from "./sampler";

export interface VerifiedOptions {
  /** The last known token, not cached yet. */
  readonly last: number;
  readonly mask: number;
  readonly source: DraftSource;
  readonly reader: RowReader;
  /** Whether the answer ends where this token is accepted: drafts behind it would be rows for nothing. */
  readonly ends: (token: number) => boolean;
}

/**
 * Reveals the longest head of the drafts that the clean pass agrees with, and the clean pass's own token after it: the very tokens that greedy decoding,
 * one at a time, gives with the same weights (speculative decoding, arXiv:2211.17192, at temperature 0). The same pass carries masks for the next drafts.
 */
export function verified({ last, mask, source, reader, ends }: VerifiedOptions): Sampler {
  let known = last;
  let drafts: readonly Guess[] = [];

  function propose(): SamplerPass {
    const clean = [known, ...drafts.map((draft) => draft.token)];
    const block = Array.from({ length: source.masks }, () => mask);
    return { clean, block, rows: Array.from({ length: clean.length + block.length }, (_, row) => row) };
  }

  function dispose(logits: readonly Float32Array[]): SamplerVerdict {
    const certain = [reader.sure(logits[0]!)];
    while (certain.length <= drafts.length && certain.at(-1)!.token === drafts[certain.length - 1]!.token)
      certain.push(reader.sure(logits[certain.length]!));
    const whole = certain.length === drafts.length + 1;
    // positions that held a draft and now hold nothing, then the masks behind them, which saw that wrong draft
    const remasked = whole ? 0 : drafts.length - certain.length;
    const masked = whole ? 0 : source.masks;

    const fromMasks = whole ? logits.slice(certain.length).map((row) => reader.draft(row)) : [];
    drafts = upToEnd(source.drafts(fromMasks));
    known = certain.at(-1)!.token;
    const open = Array.from({ length: Math.max(drafts.length, remasked + masked) }, (_, i): OpenCell => {
      const guess = drafts[i];
      return guess ? { state: "drafted", guess } : { state: i < remasked ? "remasked" : "masked" };
    });
    return { certain, keptClean: certain.length, open };
  }

  /** The clean row before a draft that ends the answer says whether it does; the draft itself need not run. */
  function upToEnd(all: readonly Guess[]): readonly Guess[] {
    const end = all.findIndex((draft) => ends(draft.token));
    return end < 0 ? all : all.slice(0, end);
  }

  return { propose, dispose };
}
