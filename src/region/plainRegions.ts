import { indentWidth } from "./indentWidth";

/** A part of a text, found without a syntax tree. Start and end are UTF-16 offsets, end exclusive. */
export interface PlainRegion {
  readonly kind: "line" | "block";
  readonly start: number;
  readonly end: number;
}

/**
 * The line that a place is in, and the lines around it that are indented at least as deep; blank lines between them belong to them. White space
 * at both ends is left out. A blank line's block is that of the nearest line above that holds something.
 * @param text `\n` or `\r\n` line ends
 */
export function plainRegions(text: string, offset: number): PlainRegion[] {
  const lines = lineSpans(text);
  const at = lines.findIndex(({ end }) => offset <= end);
  const own = lines[at]!;
  const filled = (index: number): boolean => lines[index]!.text.trim() !== "";
  let from = at;
  while (from > 0 && !filled(from)) from--;
  const depth = indentWidth(lines[from]!.text);
  const belongs = (index: number): boolean => !filled(index) || indentWidth(lines[index]!.text) >= depth;
  let to = from;
  while (from > 0 && belongs(from - 1)) from--;
  while (to < lines.length - 1 && belongs(to + 1)) to++;
  const block = trimmed(text, lines[from]!.start, lines[to]!.end);
  const line = filled(at) ? trimmed(text, own.start, own.end) : { start: offset, end: offset };
  const isSame = block.start === line.start && block.end === line.end;
  return [{ kind: "line", ...line }, ...(isSame ? [] : [{ kind: "block", ...block } as const])];
}

interface LineSpan {
  readonly text: string;
  readonly start: number;
  /** where its `\n` stands, or the text ends */
  readonly end: number;
}

function lineSpans(text: string): LineSpan[] {
  let start = 0;
  return text.split("\n").map((line) => {
    const span = { text: line, start, end: start + line.length };
    start = span.end + 1;
    return span;
  });
}

function trimmed(text: string, start: number, end: number): { start: number; end: number } {
  const inside = text.slice(start, end);
  if (inside.trim() === "") return { start, end: start };
  return { start: start + inside.length - inside.trimStart().length, end: start + inside.trimEnd().length };
}
