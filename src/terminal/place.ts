import { UsageError } from "./usageError";

/** 1-based; `column` counts characters (UTF-16 units), and may be one beyond the line's last. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface Place {
  readonly file: string;
  readonly start: Position;
  /** Absent: the rest of the line at `start`. Else the range up to here is the region; not before `start`. */
  readonly end?: Position;
}

/** Reads `FILE:LINE:COL` or `FILE:L1:C1-L2:C2`; the file's name may hold colons. @throws UsageError */
export function parsePlace(text: string): Place {
  const match = /^(.+?):(\d+):(\d+)(?:-(\d+):(\d+))?$/s.exec(text);
  if (!match) throw new UsageError(`"${text}" is no place: write FILE:LINE:COL, or FILE:LINE:COL-LINE:COL for a range.`);
  const [line, column, endLine, endColumn] = match.slice(2).map(Number);
  const start = { line: line!, column: column! };
  if (match[4] === undefined) return { file: match[1]!, start };
  const end = { line: endLine!, column: endColumn! };
  if (end.line < start.line || (end.line === start.line && end.column < start.column))
    throw new UsageError(`The range in "${text}" ends before it begins: swap its ends.`);
  return { file: match[1]!, start, end };
}

export function showPlace({ file, start, end }: Place): string {
  return `${file}:${start.line}:${start.column}${end ? `-${end.line}:${end.column}` : ""}`;
}
