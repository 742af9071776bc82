import { EngineError } from "../backends/engineError";
import type { CanvasTokenizer, SpecialTokens } from "./denoiser";
import { likeliestTokens } from "./likeliestTokens";
import { mostLikely } from "./mostLikely";
import { probabilities } from "./probabilities";

/** A token read from a row of logits. */
export interface Guess {
  readonly token: number;
  /** Softmax over the whole vocabulary, in [0, 1]; 0 where nobody asked. */
  readonly confidence: number;
  /** The likeliest tokens of the row, best first; empty unless steps are wanted. */
  readonly alternatives: readonly { readonly token: number; readonly confidence: number }[];
}

const ALTERNATIVES = 3;

/** Reads tokens from logits. The only special token it ever reads is the end token. */
export class RowReader {
  constructor(
    private readonly tokenizer: CanvasTokenizer,
    private readonly special: SpecialTokens,
    /** Whether somebody looks at the steps: alternatives and drafts' confidences cost an exp for each token of the vocabulary. */
    private readonly forSteps: boolean,
  ) {}

  /** The likeliest token, with its confidence. @throws EngineError `modelDamaged` where the row has no number for any token that may be written */
  sure(row: Float32Array): Guess {
    return this.guess(row, this.likeliest(row), true);
  }

  /** The likeliest token; its confidence only where steps are wanted. @throws as `sure` */
  draft(row: Float32Array): Guess {
    return this.guess(row, this.likeliest(row), this.forSteps);
  }

  /** The likeliest of some ordinary tokens, with its confidence among all. @throws as `sure` */
  among(row: Float32Array, tokens: readonly number[]): Guess {
    let best: number | undefined;
    for (const token of tokens) if (row[token]! > (best === undefined ? -Infinity : row[best]!)) best = token;
    if (best === undefined) throw damaged(tokens.length > 0 ? "its logits are not numbers" : "its vocabulary lacks a byte");
    return this.guess(row, best, true);
  }

  private likeliest(row: Float32Array): number {
    const token = mostLikely(row, (id) => this.isWritable(id));
    if (token < 0) throw damaged("its logits are not numbers");
    return token;
  }

  private isWritable(token: number): boolean {
    const { prefix, suffix, middle, mask, end } = this.special;
    if (token === end) return true;
    if (token === prefix || token === suffix || token === middle || token === mask) return false;
    return this.tokenizer.bytesOf(token).length > 0;
  }

  private guess(row: Float32Array, token: number, withConfidence: boolean): Guess {
    const others = this.forSteps ? likeliestTokens(row, ALTERNATIVES) : [];
    const [confidence = 0, ...otherConfidences] = withConfidence ? probabilities(row, [token, ...others]) : [];
    return { token, confidence, alternatives: others.map((other, i) => ({ token: other, confidence: otherConfidences[i]! })) };
  }
}

function damaged(detail: string): EngineError {
  return new EngineError({ kind: "modelDamaged", file: "The model", detail });
}
