import { drop, keep, nextLine, type Filter } from "./filter";

/** Drops an answer that makes the cursor's line equal to the next: what it says is there already. */
export const dropEqualNextLine: Filter = (text, { before, after }) => {
  const next = nextLine(after);
  if (next === undefined || text.includes("\n")) return keep(text);
  const completed = before.slice(before.lastIndexOf("\n") + 1) + text + after.split("\n", 1)[0]!;
  return code(completed) === code(next) ? drop("equalsNextLine") : keep(text);
};

/** A line without its blanks, its kind of quotes and what ends it: `a+'b'` says what `a + "b";` does. */
function code(line: string): string {
  const bare = line.replace(/\s+/g, "").replace(/[;,]$/, "");
  // Quotes of two kinds hold each other, and before a `$` their kind has a meaning.
  const isOneKind = new Set(bare.match(/["'`]/g)).size === 1;
  return isOneKind && !bare.includes("$") ? bare.replace(/["'`]/g, '"') : bare;
}
