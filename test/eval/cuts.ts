import type { Problem } from "./problem";

/**
 * How an answer is cut before it is judged. `whole` is the figure that counts: a person gets the answer as it is. The others are what papers report: `line`
 * (at its first line that holds something, as for single-line infilling) and `length` (at as many characters as are missing, which tells the true length).
 */
export type Cut = "whole" | "line" | "length";

export const CUTS: readonly Cut[] = ["whole", "line", "length"];

export function cutAnswer(cut: Cut, text: string, { suffix, target }: Pick<Problem, "suffix" | "target">): string {
  if (cut === "whole") return text;
  if (cut === "length") return text.slice(0, target.length);
  const [first = "", second] = text.split("\n");
  const line = first.trim() !== "" || second === undefined ? first : `${first}\n${second}`;
  // What follows the region in its own line goes on there; another line begins behind a line break.
  return suffix.startsWith("\n") ? line : `${line}\n`;
}
