const OPENERS = "([{";
const CLOSERS = ")]}";
const QUOTES = "\"'`";

/**
 * How many of the closers behind the cursor a text writes itself: in order, and not those that close what the text has opened.
 * @param closers what stands behind the cursor, such as `")`
 */
export function writtenClosers(text: string, closers: string): number {
  let count = 0;
  let depth = 0;
  let quote: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === "\\") at++;
    else if (quote !== undefined) quote = character === quote ? undefined : quote;
    else if (depth === 0 && character === closers[count]) count++;
    else if (QUOTES.includes(character)) quote = character;
    else if (OPENERS.includes(character)) depth++;
    else if (CLOSERS.includes(character)) depth = Math.max(0, depth - 1);
  }
  return count;
}
