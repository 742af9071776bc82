import type { OffsetRange } from "./shiftRange";

/** The fill with the document's line ends. */
export function withLineEnds(fill: string, lineEnd: "\n" | "\r\n"): string {
  return lineEnd === "\n" ? fill : fill.replace(/\r\n|\n/g, "\r\n");
}

/** The whole document with the range replaced, for the preview. */
export function filledText(document: string, range: OffsetRange, fill: string): string {
  return document.slice(0, range.start) + fill + document.slice(range.end);
}
