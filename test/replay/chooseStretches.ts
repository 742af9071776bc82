import { codeLines } from "./codeLines";

/** Lines of a file that are typed anew, the rest of it being there: `end` is behind the last. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

export interface StretchRule {
  readonly count: number;
  readonly lines: number;
  /** a shorter stretch, such as of closing brackets, has nothing to type */
  readonly leastChars: number;
  /** longer lines are tables or texts */
  readonly mostLineChars: number;
}

export const DEFAULT_RULE: StretchRule = { count: 3, lines: 5, leastChars: 80, mostLineChars: 160 };
/** So much of the file stays ahead of the first stretch and behind the last: the imports, and something that follows. */
const MARGIN = 0.1;

/**
 * Stretches of code in the middle of a file, ascending, apart from one another by a line at least; fewer than asked for where it has no more. First and
 * last line are code, and at most one between is not.
 * @param random in [0, 1)
 */
export function chooseStretches(
  text: string,
  languageId: string,
  random: () => number,
  { count, lines: height, leastChars, mostLineChars }: StretchRule = DEFAULT_RULE,
): Stretch[] {
  const lines = text.split("\n");
  const isCode = codeLines(lines, languageId);
  const first = Math.ceil(lines.length * MARGIN);
  const last = Math.floor(lines.length * (1 - MARGIN)) - height;
  const candidates: Stretch[] = [];
  for (let start = first; start <= last; start++) {
    const end = start + height;
    const own = lines.slice(start, end);
    const codeCount = isCode.slice(start, end).filter(Boolean).length;
    const chars = own.reduce((sum, line) => sum + line.trim().length, 0);
    const fits = isCode[start]! && isCode[end - 1]! && codeCount >= height - 1 && chars >= leastChars;
    if (fits && own.every((line) => line.length <= mostLineChars)) candidates.push({ start, end });
  }
  const chosen: Stretch[] = [];
  while (chosen.length < count) {
    const free = candidates.filter(({ start, end }) => chosen.every((other) => end < other.start || start > other.end));
    if (free.length === 0) break;
    chosen.push(free[Math.floor(random() * free.length)]!);
  }
  return chosen.toSorted((a, b) => a.start - b.start);
}
