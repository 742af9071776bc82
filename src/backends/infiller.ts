/**
 * What every backend offers and every caller asks: fill the region between a prefix and a suffix by denoising.
 * Pure types, shared by the extension host, the engine process, the terminal front end and the trace panel.
 *
 * All text here has `\n` line ends and no byte order mark; the edge that reads a document converts, and converts back.
 */

/** Which rule decides what a denoising step reveals; one file each under diffusion/samplers/. */
export type SamplerName = "verified" | "confidence";

/** What was asked for, which decides where the region may end. */
export type RegionKind =
  /** from the cursor to the end of its line; the answer holds no line break */
  | "line"
  /** from the cursor over several lines */
  | "lines"
  /** a selected range, both sides hard */
  | "span";

/** Whole lines of another file, such as a definition of a name that stands near the region. */
export interface RelatedPiece {
  readonly path: string;
  /** ends with a line break */
  readonly text: string;
}

export interface InfillRequest {
  /** Text before the region, newest last; the engine cuts it to its token budget. */
  readonly prefix: string;
  /** Text after the region; begins with what stands after the region in its last line. */
  readonly suffix: string;
  readonly region: RegionKind;
  readonly languageId: string;
  /** The file's path; the model sees its end. Absent: a file without a name. */
  readonly path?: string;
  /** Pieces of other files, the most relevant last. Only with `path`. As long as they stay the same, the KV cache does too. */
  readonly related?: readonly RelatedPiece[];
  /** Most tokens the answer may have, without the clamped head. */
  readonly maxTokens: number;
  readonly sampler: SamplerName;
  /** Masks in a block, 1 to 32; 0, with `verified`: no drafts, one token a pass. Absent: what the model's manifest says for this sampler. */
  readonly blockSize?: number;
  /** Reveal threshold of `confidence`, in (0, 1]. Absent: 0.9. */
  readonly threshold?: number;
}

/** A token of the answer. `text` may hold a part of a character's bytes as U+FFFD; the answer's own text never does. */
export interface InfillToken {
  readonly text: string;
  /** Probability the model gave this token where it stands, in [0, 1]. */
  readonly confidence: number;
}

/** Why the denoising ended. */
export type InfillEnd =
  /** the model wrote its end token */
  | "end"
  /** the answer went on exactly as the file does after the region */
  | "suffix"
  /** the rest of one line was asked for, and the line ended */
  | "line"
  /** `maxTokens` */
  | "length"
  /** time was up: the text is the head that is certain */
  | "deadline"
  /** the signal aborted, or a newer request took the engine: the text is the head that is certain */
  | "aborted";

export interface InfillTimes {
  /** waiting for the engine to be free or loaded */
  readonly queuedMs: number;
  /** context into the KV cache */
  readonly prefillMs: number;
  /** all later passes */
  readonly denoiseMs: number;
  readonly totalMs: number;
}

export interface Infill {
  /** The answer: what belongs between prefix and suffix. May be empty. Whole characters only. */
  readonly text: string;
  /** The tokens of `text`, in order; the last may be cut where `text` ends. */
  readonly tokens: readonly InfillToken[];
  /** Ids, in the prepared vocabulary, of all that was written behind the canvas: healed head, answer, tail and end token. Absent: the backend has none. */
  readonly ids?: readonly number[];
  /** Forward passes but the prefill, those that heal the head counted. */
  readonly passes: number;
  /** Tokens that the prefill computed; what the KV cache already held is not counted. */
  readonly prefillTokens: number;
  /** Context tokens found in the KV cache. */
  readonly cachedTokens: number;
  /** Tokens the model wrote, the end token and the tail counted: the numerator of tokens per pass. */
  readonly writtenTokens: number;
  readonly times: InfillTimes;
  readonly ended: InfillEnd;
  /** Whether the answer led into what stands after the region in its last line. False: it does not fit. */
  readonly fits: boolean;
  /** Name of the model, from its manifest. */
  readonly model: string;
}

/** What a position of the canvas is after a denoising step. */
export type CellState =
  /** not known yet */
  | "masked"
  /** proposed, not yet verified */
  | "drafted"
  /** part of the answer */
  | "revealed"
  /** typed by the user or pinned: never changes */
  | "clamped"
  /** was drafted or revealed, is masked again */
  | "remasked"
  /** what stands after the region in its last line (or the end token), written by the model to show that it fits; cut off from the answer */
  | "tail";

export interface CanvasCell {
  readonly state: CellState;
  /** Text of the token; "" where masked. The end token reads "". */
  readonly text: string;
  /** In [0, 1]; 1 for clamped cells, 0 for masked ones. */
  readonly confidence: number;
  /** The model's likeliest tokens here, best first, at most 3; empty where the pass did not look. */
  readonly alternatives: readonly InfillToken[];
}

/** The canvas after one pass: the head, the region, its tail, and the running block's masks. */
export interface DenoisingStep {
  /** 1 for the first pass after the prefill. */
  readonly pass: number;
  /** Milliseconds since the request reached the engine. */
  readonly atMs: number;
  readonly cells: readonly CanvasCell[];
}

export interface InfillOptions {
  /** Aborting resolves the call with the best so far, marked `aborted`; it does not reject. */
  readonly signal?: AbortSignal;
  /** Milliseconds from now after which the best so far is the answer. */
  readonly deadlineMs?: number;
  /** Called for each pass, in order, before the call resolves. Absent: steps are neither made nor sent. */
  readonly onStep?: (step: DenoisingStep) => void;
}

/** Branches make no steps. */
export type BranchOptions = Omit<InfillOptions, "onStep">;

export interface Infiller {
  /**
   * Fills the region. One at a time: a newer call makes an older one resolve as `aborted`.
   * @throws EngineError, and nothing else
   */
  infill(request: InfillRequest, options?: InfillOptions): Promise<Infill>;
  /**
   * Fills the region once behind each of `heads`, which stand right before the cursor, all together no slower than by the deadline. Comes, goes and throws as
   * `infill` does. Absent: whoever wants that asks for one after the other (`fillBranches`).
   * @param heads at least one, none empty
   * @returns an infill a head, in order
   */
  infillBranches?(request: InfillRequest, heads: readonly string[], options?: BranchOptions): Promise<readonly Infill[]>;
}
