import { indentWidth } from "../region/indentWidth";
import { opensBody } from "../region/opensBody";
import { editSpelled, type SpelledEdit, type SpelledText } from "./editSpelled";

const OPENS_BRACKET = /[([{]\s*$/;
/** What such a line begins is aligned by taste. */
const GOES_ON = /[,\\=+\-*/&|<>?:]\s*$/;

/**
 * Takes off the indentation that an answer begins with where the editor has set it already, and as much from its further lines. It has where the cursor's
 * line is blank and indented as the line above asks for: deeper where that opens a body or a bracket, else as deep.
 * @param before text before the cursor, `\n` line ends
 */
export function repairIndent(answer: SpelledText, before: string, languageId: string): SpelledText {
  const surplus = /^[ \t]*/.exec(answer.text)![0];
  if (surplus === "" || !/^[ \t]*\S/.test(answer.text) || !isIndented(before, languageId)) return answer;
  const removed: SpelledEdit[] = [];
  let at = 0;
  for (const line of answer.text.split("\n")) {
    if (line.startsWith(surplus)) removed.push({ from: at, to: at + surplus.length, text: "" });
    at += line.length + 1;
  }
  return editSpelled(answer, removed);
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
