import type { CanvasCell } from "../../src/backends/infiller";

export interface CanvasContext {
  /** last lines of the text before the canvas */
  readonly before: string;
  /** first lines of the text after it */
  readonly after: string;
  /** number of the first line of `before`; 1 for the file's first */
  readonly firstLine: number;
}

const LINES_BEFORE = 6;
const LINES_AFTER = 4;

/**
 * The code around the canvas. The canvas repeats the end of the prefix (its clamped head) and, once written, the beginning of the suffix
 * (its tail): these are left out here, so that the whole reads as the file will.
 *
 * @param prefix text before the region, or its end
 * @param suffix text after the region, or its beginning
 * @param line number of the line in which the prefix ends
 */
export function contextAround(prefix: string, suffix: string, line: number, cells: readonly CanvasCell[]): CanvasContext {
  const before = withoutHead(prefix, textWhile(cells, "clamped"));
  const kept = lastLines(before, LINES_BEFORE);
  const linesUp = countLineBreaks(prefix) - countLineBreaks(before) + countLineBreaks(kept);
  const after = withoutTail(suffix, cells);
  return { before: kept, after: firstLines(after, LINES_AFTER), firstLine: Math.max(1, line - linesUp) };
}

function withoutHead(prefix: string, head: string): string {
  if (head === "") return prefix;
  if (prefix.endsWith(head)) return prefix.slice(0, prefix.length - head.length);
  // Characters typed since are clamped behind the head; a character cut into two tokens reads differently. The head begins with its line.
  const lineStart = prefix.lastIndexOf("\n") + 1;
  const ownLine = prefix.slice(lineStart);
  return ownLine !== "" && (head.startsWith(ownLine) || head.includes("\uFFFD")) ? prefix.slice(0, lineStart) : prefix;
}

/** Drafts behind the tail's first tokens repeat the suffix too, while they agree with it. */
function withoutTail(suffix: string, cells: readonly CanvasCell[]): string {
  const start = cells.findIndex((cell) => cell.state === "tail");
  if (start === -1) return suffix;
  const written = textOf(cells.slice(start).filter((cell) => cell.state === "tail"));
  const drafted = textOf(cells.slice(start));
  const repeated = [drafted, written].find((text) => suffix.startsWith(text)) ?? "";
  return suffix.slice(repeated.length);
}

function textWhile(cells: readonly CanvasCell[], state: CanvasCell["state"]): string {
  const end = cells.findIndex((cell) => cell.state !== state);
  return textOf(end === -1 ? cells : cells.slice(0, end));
}

function textOf(cells: readonly CanvasCell[]): string {
  return cells.map((cell) => cell.text).join("");
}

/** The last lines, the one that is not ended counted. */
function lastLines(text: string, count: number): string {
  return text.split("\n").slice(-count).join("\n");
}

function firstLines(text: string, count: number): string {
  return text.split("\n").slice(0, count).join("\n");
}

function countLineBreaks(text: string): number {
  return text.split("\n").length - 1;
}
