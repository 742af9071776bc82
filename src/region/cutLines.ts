import { beginsWithCloser } from "./beginsWithCloser";
import { indentWidth } from "./indentWidth";
import type { CursorRegion } from "./regionAtCursor";

/** A line that is the end of what began at its indentation, where words or tags close it. */
const WORD_CLOSER = /^\s*(?:end|done|fi|esac|<\/[\w:-]+>)\s*;?\s*$/;

/** Ghost text longer than this is not read. */
export const MOST_LINES = 8;

/**
 * Cuts an answer of several lines where the enclosing node ends: before the first line that is indented less than the body,
 * or after the one declaration that a doc comment asks for; at most MOST_LINES. Blank lines at its end go.
 * @param before text before the cursor, `\n` line ends
 */
export function cutLines(text: string, before: string, scope: CursorRegion["scope"]): string {
  const cursorLine = before.slice(before.lastIndexOf("\n") + 1);
  const lines = text.split("\n");
  const end = Math.min(MOST_LINES, scope === "body" ? bodyEnd(lines, cursorLine) : declarationEnd(lines, cursorLine));
  const kept = lines.slice(0, end);
  while (kept.length > 1 && kept.at(-1)!.trim() === "") kept.pop();
  return kept.join("\n");
}

/** Index of the first line that does not belong to the body. */
function bodyEnd(lines: readonly string[], cursorLine: string): number {
  const headerIndent = indentWidth(cursorLine);
  const onHeader = cursorLine.trim() !== "";
  const leastIndent = onHeader ? headerIndent + 1 : headerIndent;
  let depth = bracketDepth(cursorLine) + bracketDepth(lines[0]!);
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i]!;
    if (line.trim() === "") continue;
    const isCloser = (beginsWithCloser(line) && depth > 0) || WORD_CLOSER.test(line);
    if (onHeader && indentWidth(line) === headerIndent && isCloser) return i + 1;
    if (indentWidth(line) < leastIndent) return i;
    depth += bracketDepth(line);
  }
  return lines.length;
}

/** Index of the first line after one declaration: it ends where a closer stands at its own indentation, or where the next begins. */
function declarationEnd(lines: readonly string[], cursorLine: string): number {
  const baseIndent = indentWidth(cursorLine);
  let wentDeeper = false;
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i]!;
    if (line.trim() === "") {
      // What has not opened a body by then is over.
      if (!wentDeeper && lines[0]!.trim() !== "") return i;
      continue;
    }
    const indent = indentWidth(line);
    if (indent > baseIndent) wentDeeper = true;
    else if (indent < baseIndent) return i;
    else if (WORD_CLOSER.test(line)) return i + 1;
    else if (wentDeeper) {
      if (!beginsWithCloser(line)) return i;
      return /[([{:]\s*$/.test(line) ? continueAt(lines, i) : i + 1;
    }
  }
  return lines.length;
}

/** A line such as `) {` closes one bracket and opens the next: the declaration goes on to the line that closes that. */
function continueAt(lines: readonly string[], at: number): number {
  return at + declarationEnd(lines.slice(at), lines[at]!);
}

/** Opening minus closing brackets; brackets in strings count too, which only makes a cut come later. */
function bracketDepth(line: string): number {
  let depth = 0;
  for (const character of line) {
    if ("([{".includes(character)) depth++;
    else if (")]}".includes(character)) depth--;
  }
  return depth;
}
