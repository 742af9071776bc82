import type { Guess, RowReader } from "../rowReader";
import type { Acceptance } from "./acceptance";
import { draftLength, expectedRight } from "./draftLength";
import type { Draft, DraftSource } from "./draftSource";
import type { OpenCell, Sampler, SamplerPass, SamplerVerdict } from "./sampler";

export interface VerifiedOptions {
  /** The last known token, not cached yet. */
  readonly last: number;
  /** P and what of M is known, in the file's own order. */
  readonly before: readonly number[];
  readonly mask: number;
  /** Masks behind the clean tokens of a pass: what they turn into are the next drafts. 0: none. */
  readonly blockSize: number;
  /** How often those drafts were right so far. */
  readonly maskAcceptance: Acceptance;
  /** Drafts from elsewhere; absent: none. */
  readonly source?: DraftSource | undefined;
  readonly reader: RowReader;
  /** Typed bytes that the next tokens have to spell; asked after each read. */
  readonly rest: () => Uint8Array;
  /** Reads a clean row: the next certain token. */
  readonly read: (row: Float32Array) => Guess;
  /** Whether the answer ends where this token is accepted: drafts behind it would be rows for nothing. */
  readonly ends: (token: number) => boolean;
}

/** Beyond so many clean rows a pass costs more than a wrong draft's chance is worth on any machine that was measured. */
const MOST_DRAFTS = 12;
/** Masks speak only where all drafts before them were right: they ride where that is as likely. */
const MASKS_WORTH = 0.25;

/** The drafts of a pass; `draft` where they are another source's. */
interface Chosen {
  readonly guesses: readonly Guess[];
  readonly draft?: Draft;
  readonly masks: number;
}

/**
 * Reveals the longest head of the drafts that the clean pass agrees with, and the clean pass's own token after it: the very tokens that greedy decoding,
 * one at a time, gives with the same weights (speculative decoding, arXiv:2211.17192, at temperature 0). Of the drafts that the last pass's masks turned into
 * and another source's, those run that promise more; the same pass carries masks for the next drafts.
 */
export function verified(options: VerifiedOptions): Sampler {
  const { mask, blockSize, maskAcceptance, source, reader, rest, read, ends } = options;
  let known = options.last;
  const tokens = [...options.before];
  let chosen = choose([]);

  function propose(): SamplerPass {
    const clean = [known, ...chosen.guesses.map((draft) => draft.token)];
    const block = Array.from({ length: chosen.masks }, () => mask);
    return { clean, block, rows: Array.from({ length: clean.length + block.length }, (_, row) => row) };
  }

  function dispose(logits: readonly Float32Array[]): SamplerVerdict {
    const { guesses, draft, masks } = chosen;
    const certain = [read(logits[0]!)];
    while (certain.length <= guesses.length && certain.at(-1)!.token === guesses[certain.length - 1]!.token)
      certain.push(read(logits[certain.length]!));
    const right = certain.length - 1;
    if (draft) source?.judge(draft, guesses.length, right);
    else maskAcceptance.note(guesses.length, right);
    const whole = right === guesses.length;
    // positions that held a draft and now hold nothing, then the masks behind them, which saw that wrong draft
    const remasked = whole ? 0 : guesses.length - certain.length;
    const masked = whole ? 0 : masks;

    known = certain.at(-1)!.token;
    tokens.push(...certain.map(({ token }) => token));
    chosen = choose(whole ? logits.slice(certain.length).map((row) => reader.draft(row)) : []);
    const open = Array.from({ length: Math.max(chosen.guesses.length, remasked + masked) }, (_, i): OpenCell => {
      const guess = chosen.guesses[i];
      return guess ? { state: "drafted", guess } : { state: i < remasked ? "remasked" : "masked" };
    });
    return { certain, keptClean: certain.length, open };
  }

  function choose(fromMasks: readonly Guess[]): Chosen {
    const own = upToEnd(fromMasks);
    const draft = source?.propose({ tokens, rest: rest() });
    if (draft) {
      const length = draftLength(draft.acceptance, Math.min(MOST_DRAFTS, draft.tokens.length));
      const looked = upToEnd(draft.tokens.slice(0, length).map((token): Guess => ({ token, confidence: 0, alternatives: [] })));
      if (expectedRight(draft.acceptance, looked.length) > expectedRight(maskAcceptance.rate, own.length)) {
        const masks = draft.acceptance ** looked.length >= MASKS_WORTH ? blockSize : 0;
        return { guesses: looked, draft, masks };
      }
    }
    return { guesses: own, masks: blockSize };
  }

  /** The clean row before a draft that ends the answer says whether it does; the draft itself need not run. */
  function upToEnd(all: readonly Guess[]): readonly Guess[] {
    const end = all.findIndex((draft) => ends(draft.token));
    return end < 0 ? all : all.slice(0, end);
  }

  return { propose, dispose };
}
