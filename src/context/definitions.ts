/**
 * Lines that define a name in the languages that people write most: what follows is a word of four letters or more. Not a parser: a line in a comment that looks
 * like a definition is taken for one, which costs a useless piece and nothing else. The training chose its pieces by the same rule.
 */
const DEFINITION =
  /^[ \t]*(?:export[ \t]+)?(?:default[ \t]+)?(?:pub(?:\([^)\n]*\))?[ \t]+)?(?:(?:public|private|protected|static|abstract|async|final|unsafe|declare)[ \t]+)*(?:def|class|function\*?|const|interface|type|enum|func(?:\s*\([^)\n]*\))?|fn|struct|trait|impl)\s+(\w{4,})/gm;

/** Beyond so many characters of a file nothing is looked for. */
const MOST_CHARS = 60_000;
/** A name defined more often than this in one file says little. */
const MOST_PLACES = 4;

/** Name → UTF-16 offsets of the lines that define it, ascending. */
export function definitions(text: string): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const match of text.slice(0, MOST_CHARS).matchAll(DEFINITION)) {
    const places = found.get(match[1]!) ?? [];
    if (places.length < MOST_PLACES) found.set(match[1]!, [...places, match.index]);
  }
  return found;
}
