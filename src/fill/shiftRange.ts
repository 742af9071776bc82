/** UTF-16 offsets in the document, end exclusive. */
export interface OffsetRange {
  readonly start: number;
  readonly end: number;
}

export interface TextChange {
  readonly start: number;
  readonly replacedChars: number;
  readonly insertedChars: number;
}

/**
 * Where a range lies after a change elsewhere; undefined where the change touches what the range holds.
 * Text that comes in exactly at the range's edge stays outside it; at an empty range it is the user's own answer.
 */
export function shiftRange(range: OffsetRange, change: TextChange): OffsetRange | undefined {
  const changeEnd = change.start + change.replacedChars;
  if (range.start === range.end && change.start <= range.start && changeEnd >= range.start) return undefined;
  if (change.start >= range.end) return range;
  if (changeEnd > range.start) return undefined;
  const by = change.insertedChars - change.replacedChars;
  return { start: range.start + by, end: range.end + by };
}
