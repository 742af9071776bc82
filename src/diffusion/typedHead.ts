import type { Canvas } from "./canvas";
import type { CanvasTokenizer } from "./denoiser";
import type { Guess } from "./rowReader";

/** The typed part of the cursor's line: the tokens known from the start, and those that the model chose to spell the rest of it. */
export class TypedHead {
  /** Bytes of the head, one piece a token. */
  readonly pieces: Uint8Array[];
  /** Bytes that no token spells yet. */
  rest: Uint8Array;

  constructor(
    canvas: Canvas,
    private readonly tokenizer: CanvasTokenizer,
  ) {
    this.pieces = canvas.known.slice(canvas.known.length - canvas.headKnown).map((token) => tokenizer.bytesOf(token));
    this.rest = canvas.toHeal;
  }

  /** Tokens that may come next: those that the rest begins with, and those that begin with the rest. */
  candidates(): readonly number[] {
    return this.tokenizer.tokensAlong(this.rest);
  }

  /** Spells the rest's beginning with one of `candidates`. @returns the token's bytes beyond the head; empty unless it is the head's last */
  take({ token }: Guess): Uint8Array {
    const bytes = this.tokenizer.bytesOf(token);
    const own = Math.min(bytes.length, this.rest.length);
    this.pieces.push(this.rest.subarray(0, own));
    this.rest = this.rest.subarray(own);
    return bytes.subarray(own);
  }
}
