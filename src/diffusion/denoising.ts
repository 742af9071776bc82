import type { CanvasCell, Infill, InfillEnd, InfillRequest } from "../backends/infiller";
import { Answer } from "./answer";
import type { Canvas } from "./canvas";
import type { CanvasTokenizer, SpecialTokens } from "./denoiser";
import type { DenoiseMemory } from "./denoiseMemory";
import { drawCells } from "./drawCells";
import { lookUpDrafts } from "./lookUpDrafts";
import { type Guess, RowReader } from "./rowReader";
import { confidence } from "./samplers/confidence";
import type { DraftSource } from "./samplers/draftSource";
import type { OpenCell, Sampler, SamplerPass } from "./samplers/sampler";
import { verified } from "./samplers/verified";
import { TypedHead } from "./typedHead";

/** Masks in a block where the request does not say. The engine fills in what the model's manifest says. */
const DEFAULT_BLOCK_SIZE = 8;
const DEFAULT_THRESHOLD = 0.9;

export interface DenoisingParts {
  readonly tokenizer: CanvasTokenizer;
  readonly special: SpecialTokens;
  readonly memory: DenoiseMemory;
  /** Drafts beside the masks' own. Absent: look-ups in the canvas and the memory. */
  readonly draftSource?: DraftSource | undefined;
  /** Whether `cells` will be asked for. */
  readonly forSteps: boolean;
}

/** What a pass made of the canvas. */
export interface PassVerdict {
  /** How many of the pass's clean tokens stay in the cache. */
  readonly keptClean: number;
  /** The positions behind the certain tokens, in order. */
  readonly open: readonly OpenCell[];
  /** Why the region has ended; absent: it goes on. */
  readonly over: InfillEnd | undefined;
}

/** An `Infill`'s answer, without what its passes cost. */
export type DenoisedAnswer = Pick<Infill, "text" | "tokens" | "ids" | "writtenTokens" | "ended" | "fits">;

/**
 * One canvas while it is denoised, its context read already: heals the typed head, and lets the request's sampler denoise block after block until the region ends.
 * Stateful: `propose`, then `dispose` with that pass's logits, then `propose` … It always ends: each pass makes progress, and the written tokens are bounded.
 */
export class Denoising {
  /** M so far: the head's tokens and those that are certain. */
  readonly written: number[];
  private readonly reader: RowReader;
  private readonly head: TypedHead;
  private readonly answer: Answer;
  /** Of the certain tokens that spell the head, the bytes beyond it; taken when the token is pushed. */
  private readonly beyondHead: Uint8Array[] = [];
  private healed = 0;
  /** Spells the head one token at a time where the request's sampler can't. */
  private healing: Sampler | undefined;
  private sampler: Sampler | undefined;

  constructor(
    private readonly canvas: Canvas,
    private readonly request: InfillRequest,
    private readonly parts: DenoisingParts,
  ) {
    const { tokenizer, special, forSteps } = parts;
    this.reader = new RowReader(tokenizer, special, forSteps);
    this.head = new TypedHead(canvas, tokenizer);
    this.answer = new Answer(canvas, request, tokenizer, special);
    this.written = canvas.known.slice(canvas.known.length - canvas.headKnown);
  }

  /** The next pass's rows, behind all known tokens of the canvas but the last, and the clean ones that earlier passes kept. */
  propose(): SamplerPass {
    return this.running().propose();
  }

  /** @param logits one row [V] for each of the proposed `rows`; read before the call returns. @throws EngineError `modelDamaged` */
  dispose(logits: readonly Float32Array[]): PassVerdict {
    const { certain, keptClean, open } = this.running().dispose(logits);
    return { keptClean, open, over: this.pushAll(certain) };
  }

  /** The answer, once the region has ended; told to stop, what is certain of it. */
  finish(ended: InfillEnd): DenoisedAnswer {
    const { text, fits, bytes, ended: why } = this.answer.finish(ended);
    return {
      text,
      tokens: this.answer.infillTokens(bytes),
      ids: this.written.slice(this.canvas.headKnown),
      writtenTokens: Math.max(0, this.canvas.headKnown + this.healed + this.answer.count - this.canvas.headTokens),
      ended: why,
      fits,
    };
  }

  /** The canvas as it is after a pass. */
  cells({ open, over }: Pick<PassVerdict, "open" | "over">): CanvasCell[] {
    return drawCells(this.head, this.answer, open, over && this.answer.finish(over), this.parts.tokenizer);
  }

  /** The same one from a `propose` to its `dispose`: the head's rest shrinks only within the latter. */
  private running(): Sampler {
    if (this.request.sampler === "confidence" && this.head.rest.length > 0) return (this.healing ??= this.oneAtATime());
    return (this.sampler ??= this.chooseSampler());
  }

  private chooseSampler(): Sampler {
    const { blockSize = DEFAULT_BLOCK_SIZE, threshold = DEFAULT_THRESHOLD } = this.request;
    switch (this.request.sampler) {
      case "verified":
        return blockSize === 0 ? this.oneAtATime() : this.withDrafts(blockSize);
      case "confidence":
        return confidence({ last: this.lastKnown(), mask: this.parts.special.mask, blockSize, threshold, reader: this.reader });
    }
  }

  private withDrafts(blockSize: number): Sampler {
    const { tokenizer, memory, draftSource } = this.parts;
    const source = draftSource ?? lookUpDrafts(memory, this.canvas.suffixTokens, (token) => tokenizer.bytesOf(token));
    return verified({ ...this.verifying(), blockSize, source });
  }

  private oneAtATime(): Sampler {
    return verified({ ...this.verifying(), blockSize: 0 });
  }

  private verifying() {
    return {
      last: this.lastKnown(),
      before: [...this.canvas.prefixTokens, ...this.written],
      mask: this.parts.special.mask,
      maskAcceptance: this.parts.memory.ofMasks,
      reader: this.reader,
      rest: () => this.head.rest,
      read: (row: Float32Array) => this.read(row),
      ends: (token: number) => this.ends(token),
    };
  }

  private lastKnown(): number {
    return this.written.at(-1) ?? this.parts.special.middle;
  }

  /** The next certain token: one that spells what was typed, as long as something is left of that. */
  private read(row: Float32Array): Guess {
    if (this.head.rest.length === 0) return this.reader.sure(row);
    const guess = this.reader.among(row, this.head.candidates());
    this.beyondHead.push(this.head.take(guess));
    return guess;
  }

  /** Whether the answer ends with this token, wherever it stands. */
  private ends(token: number): boolean {
    return token === this.parts.special.end || (this.request.region === "line" && this.parts.tokenizer.bytesOf(token).includes(10));
  }

  private pushAll(certain: readonly Guess[]): InfillEnd | undefined {
    for (const guess of certain) {
      this.written.push(guess.token);
      const beyond = this.beyondHead.shift();
      if (beyond) this.healed++;
      const over = beyond ? this.answer.pushBeyondHead(guess, beyond) : this.answer.push(guess);
      if (over) return over;
    }
    return undefined;
  }
}
