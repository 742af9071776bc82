import type { CutText } from "./cutTail";

/**
 * The part of an unfinished answer that is certainly the answer: its end is held back as long as it may be the beginning of the tail, or of the file's next lines,
 * or the line break that would be taken off at the end.
 * @param after what follows the tail's line break in the file; "" where nothing does
 */
export function holdBackTail(written: string, tail: string, after: string): CutText {
  const file = `${tail}\n${after}`;
  let held = Math.min(written.length, file.length);
  while (held > 0 && !written.endsWith(file.slice(0, held))) held--;
  const text = written.slice(0, written.length - held);
  return { text: text.endsWith("\n") ? text.slice(0, -1) : text, fits: held >= tail.length };
}
