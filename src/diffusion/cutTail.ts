export interface CutText {
  readonly text: string;
  /** The tail stood at the end (white space may follow), or there is none. */
  readonly fits: boolean;
}

/**
 * Takes what stands after the region in its last line off an answer that the model ended: one line break at the end, then all from the tail's last occurrence on.
 * Without the tail the whole is the answer, and it does not fit.
 */
export function cutTail(written: string, tail: string): CutText {
  const line = written.endsWith("\n") ? written.slice(0, -1) : written;
  if (tail === "") return { text: line, fits: true };
  const at = line.lastIndexOf(tail);
  if (at < 0) return { text: line, fits: false };
  return { text: line.slice(0, at), fits: line.slice(at + tail.length).trim() === "" };
}
