import type { InfillToken } from "../backends/infiller";

/** An answer's text and the tokens that spell it. */
export interface SpelledText {
  readonly text: string;
  readonly tokens: readonly InfillToken[];
}

/** UTF-16 offsets in the text as it was, and what comes in there instead. */
export interface SpelledEdit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * An answer with some of its text replaced: the tokens spell what is left, and what comes in belongs to the token that an edit begins in.
 * @param edits in order, each ending before the next begins
 */
export function editSpelled({ text, tokens }: SpelledText, edits: readonly SpelledEdit[]): SpelledText {
  let at = 0;
  return {
    text: edited(text, 0, edits),
    tokens: tokens.map((token) => {
      const changed = edited(token.text, at, edits);
      at += token.text.length;
      return { ...token, text: changed };
    }),
  };
}

/** @param at where `text` begins in what the edits are of */
function edited(text: string, at: number, edits: readonly SpelledEdit[]): string {
  return edits.reduceRight((left, edit) => {
    const [from, to] = [edit.from - at, edit.to - at];
    const begins = from >= 0 && from < text.length;
    return left.slice(0, Math.max(0, from)) + (begins ? edit.text : "") + left.slice(Math.max(0, to));
  }, text);
}
