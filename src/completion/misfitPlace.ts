import { isSubsequence } from "./isVisible";
import { ONLY_CLOSERS } from "./onlyClosers";

const OPENING = new Map([
  [")", "("],
  ["]", "["],
  ["}", "{"],
]);
const QUOTES = ['"', "'", "`"];

/**
 * How an answer that did not lead into the rest of its line can stand there without writing anything twice.
 * "over": it closes itself what the rest closes, so it goes over the rest. "before": it is whole in itself, and the rest is only closers that
 * the editor set (the model wrote `"x");` where the editor has `)`, and lost its end with the `)`). Undefined: it can't.
 * @param rest what stands after the cursor, not blank
 */
export function misfitPlace(text: string, rest: string): "over" | "before" | undefined {
  if (text.includes("\n")) return undefined;
  const own = unmatched(text);
  if (own.openers !== "") return undefined;
  const oddQuotes = (of: string): string => QUOTES.filter((quote) => rest.includes(quote) && of.split(quote).length % 2 === 0).join("");
  if (own.closers === unmatched(rest).closers && oddQuotes(text) === oddQuotes(rest) && isSubsequence(rest, text)) return "over";
  return ONLY_CLOSERS.test(rest) && own.closers === "" && oddQuotes(text) === "" ? "before" : undefined;
}

/** Brackets without their other half, in order; those in strings count too, which only makes fewer answers be shown. */
function unmatched(text: string): { openers: string; closers: string } {
  const openers: string[] = [];
  let closers = "";
  for (const character of text) {
    if ("([{".includes(character)) openers.push(character);
    const opening = OPENING.get(character);
    if (opening === undefined) continue;
    if (openers.at(-1) === opening) openers.pop();
    else closers += character;
  }
  return { openers: openers.join(""), closers };
}
