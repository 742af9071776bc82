import type { InfillRequest } from "../backends/infiller";
import { aheadOf, aheadTokens, type Ahead } from "./aheadTokens";
import { findAnchor, type Anchor } from "./anchor";
import type { ContextBudget } from "./contextBudget";
import type { CanvasTokenizer, SpecialTokens } from "./denoiser";
import { prefixTokens } from "./prefixTokens";
import { suffixTokens } from "./suffixTokens";

/**
 * What the model sees of a request, and what its answer is judged by. The canvas holds whole lines:
 * `<prefix> ahead P <suffix> S <middle> head region tail newline`, ahead the pieces of related files and the file's path, P up to the anchor (where the cursor's line begins, or a line a little above), S from the end of the region on.
 */
export interface Canvas {
  /** `<prefix> ahead P <suffix> S <middle>` and the head's tokens that no later character can change; at least 3. */
  readonly known: readonly number[];
  readonly anchor: Anchor;
  /** How many of `known`, from its start, another canvas in the same file may have too: `<prefix>`, what stands ahead of P, and P. */
  readonly lasting: number;
  /** What stands ahead of P, as it stands in `known`, and what it was made of. */
  readonly ahead: Ahead;
  /** P and S, as they stand in `known`. */
  readonly prefixTokens: readonly number[];
  readonly suffixTokens: readonly number[];
  /** How many of `known` are the head's, at its end. */
  readonly headKnown: number;
  /** The head's last bytes: the model chooses the tokens that spell them. Empty only where the head is. */
  readonly toHeal: Uint8Array;
  /** What stands before the cursor, from the anchor on: clamped. */
  readonly head: string;
  /** Tokens of the head, had it been tokenised whole. */
  readonly headTokens: number;
  /** What stands after the region in its last line. */
  readonly tail: string;
  /** Tokens of the tail that the model could have seen. */
  readonly tailTokens: number;
  /** The file after the tail's line break, to the end of the first line that holds something; "" where none does. */
  readonly after: string;
  /** Whole lines are missing before a line: S begins with a line break that the file lacks, and the answer ends with one. */
  readonly addsNewline: boolean;
}

/** What a canvas takes from earlier ones: where they were anchored, and the tokens of what has not changed. */
export type EarlierCanvas = Pick<Canvas, "anchor" | "ahead" | "prefixTokens" | "suffixTokens" | "addsNewline">;

/**
 * Lays a request out. Pure; throws nothing. Same layout as in training: P, S and M are tokenised separately.
 * @param earlier laid with the same tokenizer and budget, the newest first
 */
export function layCanvas(
  request: InfillRequest,
  tokenizer: CanvasTokenizer,
  special: SpecialTokens,
  budget: ContextBudget,
  earlier: readonly EarlierCanvas[] = [],
): Canvas {
  const { prefix } = request;
  const addsNewline = wholeLinesAreMissing(request);
  const suffix = addsNewline ? "\n" + request.suffix : request.suffix;

  const anchor = findAnchor(request, tokenizer, budget, earlier);
  const head = prefix.slice(anchor);
  const healFrom = tokenizer.lastPreTokenStart(head);
  const headKnown = tokenizer.encode(head.slice(0, healFrom));

  const tailEnd = suffix.indexOf("\n");
  const tail = tailEnd < 0 ? suffix : suffix.slice(0, tailEnd);
  const beforeText = prefix.slice(0, anchor);
  const sameBefore = earlier.find((canvas) => canvas.anchor.prefix === beforeText);
  const before = sameBefore?.prefixTokens ?? prefixTokens(beforeText, tokenizer, budget);
  const aheadText = aheadOf(request);
  const sameAhead = earlier.find(({ ahead }) => ahead.of === aheadText)?.ahead;
  const ahead = sameAhead ?? { of: aheadText, tokens: aheadTokens(request, tokenizer, special, budget) };
  const sameBehind = earlier.find((canvas) => canvas.anchor.suffix === request.suffix && canvas.addsNewline === addsNewline);
  const behind = sameBehind?.suffixTokens ?? suffixTokens(suffix, tokenizer, budget);
  return {
    known: [special.prefix, ...ahead.tokens, ...before, special.suffix, ...behind, special.middle, ...headKnown],
    lasting: 1 + ahead.tokens.length + before.length,
    anchor: { prefix: beforeText, suffix: request.suffix },
    ahead,
    prefixTokens: before,
    suffixTokens: behind,
    headKnown: headKnown.length,
    toHeal: new TextEncoder().encode(head.slice(healFrom)),
    head,
    headTokens: tokenizer.encode(head).length,
    tail,
    tailTokens: suffixTokens(tail, tokenizer, budget).length,
    after: tailEnd < 0 ? "" : throughFirstFilledLine(suffix.slice(tailEnd + 1)),
    addsNewline,
  };
}

/** What stands before a canvas's first pass: all known tokens but the last, which is that pass's own. */
export function contextOf({ known }: Pick<Canvas, "known">): readonly number[] {
  return known.slice(0, -1);
}

/** Both sides of the region are whole lines. The rest of one line never is: its answer holds no line break. */
function wholeLinesAreMissing({ prefix, suffix, region }: InfillRequest): boolean {
  return region !== "line" && prefix.endsWith("\n") && suffix !== "" && !suffix.startsWith("\n");
}

function throughFirstFilledLine(text: string): string {
  const filled = text.search(/\S/);
  if (filled < 0) return "";
  const end = text.indexOf("\n", filled);
  return end < 0 ? text : text.slice(0, end);
}
