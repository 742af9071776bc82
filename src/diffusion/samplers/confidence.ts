import type { Guess, RowReader } from "../rowReader";
import type { OpenCell, Sampler, SamplerPass, SamplerVerdict } from "./sampler";

export interface ConfidenceOptions {
  /** The last known token, not cached yet. */
  readonly last: number;
  readonly mask: number;
  /** B, at least 1 */
  readonly blockSize: number;
  /** In (0, 1]. */
  readonly threshold: number;
  readonly reader: RowReader;
}

/**
 * Reveals, in any order, every position of the block whose likeliest token is above the threshold, and at least the surest (a tie: the leftmost);
 * a full block becomes clean tokens of the next pass. Confidence-thresholded parallel decoding, as in Fast-dLLM (arXiv:2505.22618).
 */
export function confidence({ last, mask, blockSize, threshold, reader }: ConfidenceOptions): Sampler {
  let clean: readonly number[] = [last];
  let block: (Guess | undefined)[] = emptyBlock();
  /** The guess for the block's first position: its row is the last clean token's, computed once a block. */
  let first: Guess | undefined;
  let handedOn = 0;

  function emptyBlock(): undefined[] {
    return Array.from({ length: blockSize }, () => undefined);
  }

  const masked = () => block.flatMap((cell, position) => (cell ? [] : [position]));

  function propose(): SamplerPass {
    // logits are shifted: the row before a position speaks for it; without clean tokens the first position's was read before
    const rows = masked().map((position) => clean.length + position - 1);
    return { clean, block: block.map((cell) => cell?.token ?? mask), rows: rows.filter((row) => row >= 0) };
  }

  function dispose(logits: readonly Float32Array[]): SamplerVerdict {
    const positions = masked();
    const read = logits.map((row) => reader.sure(row));
    if (positions[0] === 0) {
      if (clean.length > 0) first = read[0];
      else read.unshift(first!);
    }
    const surest = read.reduce((best, guess, i) => (guess.confidence > read[best]!.confidence ? i : best), 0);
    for (const [i, position] of positions.entries()) {
      if (i === surest || read[i]!.confidence > threshold) block[position] = read[i];
    }

    // what the first position's row says does not change with the block: once it stands alone, another pass would say nothing new
    if (masked().length === 1 && block[0] === undefined) block[0] = first;

    const keptClean = clean.length;
    clean = [];
    const hole = block.indexOf(undefined);
    const certain = block.slice(handedOn, hole < 0 ? blockSize : hole) as Guess[];
    handedOn += certain.length;
    const open = block.slice(handedOn).map((guess): OpenCell => (guess ? { state: "revealed", guess } : { state: "masked" }));
    if (hole < 0) {
      clean = (block as Guess[]).map((guess) => guess.token);
      block = emptyBlock();
      first = undefined;
      handedOn = 0;
    }
    return { certain, keptClean, open };
  }

  return { propose, dispose };
}
