import { preTokens } from "./qwen2PreTokenizer";

/**
 * UTF-16 index where the text's last pre-token begins: left of it, whatever follows the text cannot change the tokens. 0 for "".
 *
 * White space at the end counts as one pre-token, though it may be several: after "x\n  " another line end would join the three. Half of a
 * surrogate pair at the end is left out, since its other half may make it a letter, which joins the letters before. And of blanks before a digit
 * the last is left out, where they are several: between them is a cut only because of what follows, and alone they would be one.
 */
export function lastPreTokenStart(text: string): number {
  const whole = /[\uD800-\uDBFF]$/.test(text) ? text.slice(0, -1) : text;
  const from = lastLineStart(whole);
  const pieces = preTokens(whole.slice(from));
  let first = pieces.length - 1;
  let start = whole.length - (pieces[first]?.length ?? 0);
  const stepBack = (): void => {
    start -= pieces[--first]!.length;
  };
  while (first > 0 && isBlank(pieces[first]!) && isBlank(pieces[first - 1]!)) stepBack();
  while (first > 0 && preTokens(whole.slice(from, start)).length !== first) stepBack();
  return start;
}

/** The last line that does not begin with white space begins a pre-token, whatever stands before: so nothing before needs cutting. */
function lastLineStart(text: string): number {
  for (let at = text.lastIndexOf("\n"); at > 0; at = text.lastIndexOf("\n", at - 1)) {
    const next = text[at + 1];
    if (next !== undefined && !isBlank(next)) return at + 1;
  }
  return 0;
}

/** In the pattern's sense: Unicode's White_Space, which JavaScript's \s is not quite. */
function isBlank(text: string): boolean {
  return /^\p{White_Space}*$/u.test(text);
}
