import type { RegionKind } from "../backends/infiller";
import type { Place, Position } from "./place";
import { UsageError } from "./usageError";

export interface Hole {
  readonly prefix: string;
  /** What stands in the region now, left out. */
  readonly leftOut: string;
  readonly suffix: string;
  readonly region: RegionKind;
}

/**
 * Cuts the region out of a text with `\n` line ends: a range, or from a position to the end of its line.
 * @param severalLines whether an answer at a position may go on over several lines
 * @throws UsageError where the place is outside the text
 */
export function cutHole(text: string, place: Place, severalLines: boolean): Hole {
  const lines = text.split("\n");
  const from = offsetOf(lines, place.start, place.file);
  const to = place.end ? offsetOf(lines, place.end, place.file) : from + lines[place.start.line - 1]!.length - (place.start.column - 1);
  const region = place.end ? "span" : severalLines ? "lines" : "line";
  return { prefix: text.slice(0, from), leftOut: text.slice(from, to), suffix: text.slice(to), region };
}

function offsetOf(lines: readonly string[], { line, column }: Position, file: string): number {
  const text = lines[line - 1];
  if (text === undefined) throw new UsageError(`${file} has no line ${line}: its last is ${lines.length}.`);
  if (column < 1 || column > text.length + 1)
    throw new UsageError(`Line ${line} of ${file} has no column ${column}: give one from 1 to ${text.length + 1}.`);
  const before = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0);
  return before + column - 1;
}
