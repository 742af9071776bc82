import type { InfillToken } from "../backends/infiller";
import { indentWidth } from "../region/indentWidth";
import { opensBody } from "../region/opensBody";

const OPENS_BRACKET = /[([{]\s*$/;
/** What such a line begins is aligned by taste. */
const GOES_ON = /[,\\=+\-*/&|<>?:]\s*$/;

/** An answer's text and the tokens that spell it. */
export interface SpelledText {
  readonly text: string;
  readonly tokens: readonly InfillToken[];
}

/**
 * Takes off the indentation that an answer begins with where the editor has set it already, and as much from its further lines. It has where the cursor's
 * line is blank and indented as the line above asks for: deeper where that opens a body or a bracket, else as deep.
 * @param before text before the cursor, `\n` line ends
 */
export function repairIndent(answer: SpelledText, before: string, languageId: string): SpelledText {
  const surplus = /^[ \t]*/.exec(answer.text)![0];
  if (surplus === "" || !/^[ \t]*\S/.test(answer.text) || !isIndented(before, languageId)) return answer;
  const removed: [number, number][] = [];
  let at = 0;
  for (const line of answer.text.split("\n")) {
    if (line.startsWith(surplus)) removed.push([at, at + surplus.length]);
    at += line.length + 1;
  }
  return { text: without(answer.text, 0, removed), tokens: tokensWithout(answer.tokens, removed) };
}

function isIndented(before: string, languageId: string): boolean {
  const lines = before.split("\n");
  const own = lines.at(-1)!;
  if (own.trim() !== "") return false;
  const above = lines.slice(0, -1).findLast((line) => line.trim() !== "");
  if (above === undefined) return true;
  const deeper = indentWidth(own) - indentWidth(above);
  if (OPENS_BRACKET.test(above) || opensBody(above, languageId, true)) return deeper > 0;
  return deeper === 0 && !GOES_ON.test(above);
}

function tokensWithout(tokens: readonly InfillToken[], removed: readonly [number, number][]): InfillToken[] {
  let at = 0;
  return tokens.map((token) => {
    const text = without(token.text, at, removed);
    at += token.text.length;
    return { ...token, text };
  });
}

/** @param at where `text` begins in what the ranges are of */
function without(text: string, at: number, removed: readonly [number, number][]): string {
  return removed.reduceRight((left, [from, to]) => left.slice(0, Math.max(0, from - at)) + left.slice(Math.max(0, to - at)), text);
}
