import type { LineSource } from "./readContext";

/**
 * Several sources as one, each from its first line to its last, with one blank line between two. Pure; reads a line only when it is asked for.
 * @returns the lines, and in which of them the last source begins
 */
export function stackedLines(sources: readonly LineSource[]): LineSource & { readonly lastStart: number } {
  const starts: number[] = [];
  let lineCount = 0;
  for (const source of sources) {
    starts.push(lineCount);
    lineCount += source.lineCount + 1;
  }
  return {
    lineCount: Math.max(0, lineCount - 1),
    lastStart: starts.at(-1) ?? 0,
    lineText(line) {
      // From the end: what is read stands near the last source's cursor.
      const index = starts.findLastIndex((start) => start <= line);
      const source = sources[index]!;
      const inside = line - starts[index]!;
      return inside < source.lineCount ? source.lineText(inside) : "";
    },
  };
}
