import { drop, keep, type Filter } from "./filter";

/** Lines of a block that is looked for again behind itself. */
const MOST_BLOCK_LINES = 4;
/** A piece with a word in it, six times in a row at a line's end; a rule of dashes or a row of zeros is somebody's wish. */
const LINE_LOOP = /^.*?(.{3,40}?)\1{5,}.{0,40}$/u;
const WORD = /\p{L}{2}/u;
const LONGEST_LINE = 400;

/** Cuts an answer where it begins to write again what it has just written: a small model's loop. A single line that loops is dropped. */
export const cutLoop: Filter = (text) => {
  const lines = text.split("\n");
  const looping = lines.findIndex((line) => WORD.test(LINE_LOOP.exec(line.slice(0, LONGEST_LINE))?.[1] ?? ""));
  if (looping === 0) return drop("repeatsItself");
  const kept = looping < 0 ? lines : lines.slice(0, looping);
  const end = firstLoopEnd(kept) ?? kept.length;
  return end === lines.length ? keep(text) : keep(kept.slice(0, end).join("\n").trimEnd());
};

/** How many lines there are up to the end of the first block that comes again right behind itself. Undefined: none does. */
function firstLoopEnd(lines: readonly string[]): number | undefined {
  for (let start = 0; start < lines.length; start++) {
    for (let size = 1; size <= MOST_BLOCK_LINES; size++) {
      // One or two lines may well stand twice; more of them are no accident.
      const times = size <= 2 ? 3 : 2;
      if (start + size * times <= lines.length && repeats(lines, start, size, times)) return start + size;
    }
  }
  return undefined;
}

function repeats(lines: readonly string[], start: number, size: number, times: number): boolean {
  const block = lines.slice(start, start + size).map((line) => line.trim());
  if (block[0] === "" || !block.some((line) => /\p{L}/u.test(line))) return false;
  for (let at = size; at < size * times; at++) if (lines[start + at]!.trim() !== block[at % size]) return false;
  return true;
}
