import type { CompletionQuery } from "./completionQuery";

/** What deepens the next line wherever an editor indents by itself: an open bracket, or the colon of Python's and YAML's headers. */
const OPENS = /[([{]\s*$/;
const OPENS_WITH_COLON = /:\s*$/;
const COLON_LANGUAGES = new Set(["python", "yaml"]);

/**
 * The place where the cursor will be once the line is ended with Enter, as an editor that indents by itself has it. Undefined where Enter would part the
 * line, or nothing stands in it.
 */
export function nextLine(query: CompletionQuery): CompletionQuery | undefined {
  const { before, lineBefore, lineAfter, languageId, place } = query;
  if (lineAfter !== "" || lineBefore.trim() === "" || query.selected !== undefined) return undefined;
  const own = /^[ \t]*/.exec(lineBefore)![0];
  const isDeeper = OPENS.test(lineBefore) || (COLON_LANGUAGES.has(languageId) && OPENS_WITH_COLON.test(lineBefore));
  const indent = isDeeper ? own + (query.indentUnit ?? indentUnit(before)) : own;
  return {
    ...query,
    before: `${before}\n${indent}`,
    lineBefore: indent,
    lineAfter: "",
    place: { ...place, line: place.line + 1 },
    // The tree is of the file as it is now. What the line ends in may go on in the next; a body may not.
    syntax: query.syntax === undefined || query.syntax.inside === "code" ? undefined : { inside: query.syntax.inside },
    invoked: false,
  };
}

/** What an editor indents by that does not say so: a tab where lines begin with one, else as many spaces as the least indented line has; four where none is. One space is a comment's asterisk. */
function indentUnit(text: string): string {
  const indents = [...text.matchAll(/^(\t| {2,})\S/gm)].map(([, indent]) => indent!);
  if (indents.includes("\t")) return "\t";
  const least = Math.min(...indents.map(({ length }) => length));
  return " ".repeat(least <= 8 ? least : 4);
}
