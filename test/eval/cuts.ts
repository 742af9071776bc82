import type { Problem } from "./problem";

/**
 * How an answer is cut before it is judged. `whole` is the figure that counts: a person gets the answer as it is. The others are what papers report: `line`
 * (behind its first line that holds something, as for single-line infilling) and `length` (at as many characters as are missing, which tells the true length).
 */
export type Cut = "whole" | "line" | "length";

export const CUTS: readonly Cut[] = ["whole", "line", "length"];

export function cutAnswer(cut: Cut, text: string, { suffix, target }: Pick<Problem, "suffix" | "target">): string {
  if (cut === "whole") return text;
  if (cut === "length") return text.slice(0, target.length);
  const begin = text.search(/\S/);
  const end = begin < 0 ? -1 : text.indexOf("\n", begin);
  if (end < 0) return text;
  // Where another line follows, not a rest of this one, its line break is the answer's.
  return text.slice(0, suffix.startsWith("\n") ? end : end + 1);
}
