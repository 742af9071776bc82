import type { InfillToken } from "../../backends/infiller";

/** A token of an answer's text, by where it ends. */
export interface SureToken {
  /** UTF-16 offset in the text */
  readonly end: number;
  /** in [0, 1] */
  readonly confidence: number;
}

/** The tokens as far as they spell `text`, which may have lost its end to a filter. Text that no token spells has none: it is believed. */
export function sureTokens(tokens: readonly InfillToken[], text: string): SureToken[] {
  const sure: SureToken[] = [];
  let end = 0;
  for (const { text: own, confidence } of tokens) {
    if (end >= text.length || !text.startsWith(own.slice(0, text.length - end), end)) break;
    end = Math.min(text.length, end + own.length);
    if (own !== "") sure.push({ end, confidence });
  }
  return sure;
}
