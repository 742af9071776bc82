import type { CanvasCell } from "../backends/infiller";
import type { Answer, FinishedText } from "./answer";
import type { CanvasTokenizer } from "./denoiser";
import type { Guess } from "./rowReader";
import type { OpenCell } from "./samplers/sampler";
import { TextStream } from "./textStream";
import type { TypedHead } from "./typedHead";

/**
 * The canvas as it is after a pass: the typed head, what is certain, and the open positions behind it; once the region has ended, the tail instead of those.
 * A character that several neighbouring tokens share is drawn in the last one's cell. The token that reaches over the head's end, or the answer's, is drawn as two cells.
 */
export function drawCells(
  head: TypedHead,
  answer: Answer,
  open: readonly OpenCell[],
  finished: FinishedText | undefined,
  tokenizer: CanvasTokenizer,
): CanvasCell[] {
  let stream = new TextStream();
  const clamped = [...head.pieces, head.rest].filter((bytes) => bytes.length > 0);
  const cells = clamped.map((bytes): CanvasCell => ({ state: "clamped", text: stream.next(bytes), confidence: 1, alternatives: [] }));

  const cell = (state: CanvasCell["state"], { confidence, alternatives }: Guess, bytes: Uint8Array): CanvasCell => ({
    state,
    text: stream.next(bytes),
    confidence,
    alternatives: alternatives.map((other) => ({
      text: new TextDecoder().decode(tokenizer.bytesOf(other.token)),
      confidence: other.confidence,
    })),
  });

  let textBytes = finished?.bytes ?? Infinity;
  for (const { guess, bytes } of answer.tokens) {
    const own = bytes.subarray(0, textBytes);
    const beyond = bytes.subarray(own.length);
    textBytes -= own.length;
    if (own.length > 0) cells.push(cell("revealed", guess, own));
    if (beyond.length > 0 || bytes.length === 0) cells.push(finished?.ended === "length" ? REMASKED : cell("tail", guess, beyond));
  }
  if (finished) return cells;

  for (const { state, guess } of open) {
    if (guess) cells.push(cell(state, guess, tokenizer.bytesOf(guess.token)));
    else {
      cells.push({ ...REMASKED, state });
      stream = new TextStream();
    }
  }
  return cells;
}

const REMASKED: CanvasCell = { state: "remasked", text: "", confidence: 0, alternatives: [] };
