import type { InfillEnd, InfillRequest, InfillToken } from "../backends/infiller";
import type { Canvas } from "./canvas";
import { cutTail, type CutText } from "./cutTail";
import type { CanvasTokenizer, SpecialTokens } from "./denoiser";
import { holdBackTail } from "./holdBackTail";
import type { Guess } from "./rowReader";
import { stopsAtSuffix } from "./stopsAtSuffix";
import { TextStream } from "./textStream";
import { wholeCharacters } from "./wholeCharacters";

const LINE_BREAK = 10;
const CARRIAGE_RETURN = 13;

/** A certain token and those of its bytes that stand after the head. */
export interface WrittenToken {
  readonly guess: Guess;
  readonly bytes: Uint8Array;
}

export interface FinishedText {
  readonly text: string;
  readonly ended: InfillEnd;
  readonly fits: boolean;
  /** How many of the written bytes are the text; what follows is the tail, or does not belong to the answer. */
  readonly bytes: number;
}

/** What the model has written after the head, token by token, and whether the region has ended there. */
export class Answer {
  private readonly bytes: number[] = [];
  private readonly list: WrittenToken[] = [];
  private readonly stop: Uint8Array;
  private readonly mostTokens: number;
  private pushed = 0;
  /** Bytes that the first `maxTokens` tokens have. */
  private allowedBytes = 0;
  private stopAt = -1;

  constructor(
    private readonly canvas: Canvas,
    private readonly request: InfillRequest,
    private readonly tokenizer: CanvasTokenizer,
    private readonly special: SpecialTokens,
  ) {
    this.stop = new TextEncoder().encode(canvas.after === "" ? "" : `${canvas.tail}\n${canvas.after}`);
    // the tail, its line break and the end token come on top of what the answer may have
    this.mostTokens = request.maxTokens + canvas.tailTokens + 2;
  }

  get tokens(): readonly WrittenToken[] {
    return this.list;
  }

  /** Tokens pushed, the end token counted. */
  get count(): number {
    return this.pushed;
  }

  /** The token that healed the head's end reaches beyond it. @returns why the region has ended there, if it has */
  pushBeyondHead(guess: Guess, bytes: Uint8Array): InfillEnd | undefined {
    if (bytes.length === 0) return undefined;
    this.append(guess, bytes);
    this.allowedBytes = this.bytes.length;
    return this.ending();
  }

  /** Takes the next certain token. @returns why the region has ended with it, if it has: then nothing may be pushed any more */
  push(guess: Guess): InfillEnd | undefined {
    this.pushed++;
    if (guess.token === this.special.end) {
      this.append(guess, new Uint8Array());
      return "end";
    }
    this.append(guess, this.tokenizer.bytesOf(guess.token));
    if (this.pushed <= this.request.maxTokens) this.allowedBytes = this.bytes.length;
    return this.ending() ?? (this.pushed >= this.mostTokens ? "length" : undefined);
  }

  /** The answer as it is when the region has ended, or when time is up. */
  finish(ended: InfillEnd): FinishedText {
    const cut = this.cut(ended);
    const bytes = new TextEncoder().encode(cut.text).length;
    if (bytes <= this.allowedBytes) return this.withLineBreak({ ...cut, ended, bytes });
    const allowed = wholeCharacters(this.bytes.slice(0, this.allowedBytes));
    return this.withLineBreak({ ...allowed, ended: isCutShort(ended) ? ended : "length", fits: this.canvas.tail === "" });
  }

  /** The tokens of the first `bytes` written bytes. A character of several tokens is the last one's; joined they are the text. */
  infillTokens(bytes: number): InfillToken[] {
    const stream = new TextStream();
    const tokens: InfillToken[] = [];
    let left = bytes;
    for (const { guess, bytes: own } of this.list) {
      if (left <= 0) break;
      tokens.push({ text: stream.next(own.subarray(0, left)), confidence: guess.confidence });
      left -= own.length;
    }
    return tokens;
  }

  /** Line ends are `\n` on this side: a `\r` would be a second one, in a line that is to have none. */
  private append(guess: Guess, written: Uint8Array): void {
    const bytes = written.filter((byte) => byte !== CARRIAGE_RETURN);
    // Of a token that was nothing else there is nothing to show.
    if (bytes.length === 0 && written.length > 0) return;
    this.list.push({ guess, bytes });
    this.bytes.push(...bytes);
  }

  private ending(): InfillEnd | undefined {
    if (this.request.region === "line") {
      this.stopAt = this.bytes.indexOf(LINE_BREAK);
      return this.stopAt < 0 ? undefined : "line";
    }
    this.stopAt = stopsAtSuffix(this.bytes, this.stop);
    return this.stopAt < 0 ? undefined : "suffix";
  }

  private cut(ended: InfillEnd): CutText {
    const { tail, after } = this.canvas;
    const { text } = wholeCharacters(this.stopAt < 0 ? this.bytes : this.bytes.slice(0, this.stopAt));
    switch (ended) {
      case "end":
      case "line":
        return cutTail(text, tail);
      case "suffix":
        return { text, fits: true };
      case "length": {
        const whole = cutTail(text, tail);
        return tail !== "" && whole.fits ? whole : { text, fits: tail === "" };
      }
      case "deadline":
      case "aborted":
        return holdBackTail(text, tail, after);
    }
  }

  /** Takes the line break off S that the canvas put there, by putting it at the answer's end. Of an answer cut short, only where there is one. */
  private withLineBreak(finished: FinishedText): FinishedText {
    if (!this.canvas.addsNewline || (isCutShort(finished.ended) && finished.text === "")) return finished;
    const written = this.bytes[finished.bytes] === LINE_BREAK;
    return { ...finished, text: finished.text + "\n", bytes: finished.bytes + Number(written) };
  }
}

function isCutShort(ended: InfillEnd): boolean {
  return ended === "deadline" || ended === "aborted";
}
