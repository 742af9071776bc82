import type { NoSuggestionReason } from "../outcome";

/** Where the answer would stand: text on both sides of the cursor, `\n` line ends. */
export interface AnswerPlace {
  readonly before: string;
  readonly after: string;
}

export type Verdict = { readonly kind: "keep"; readonly text: string } | { readonly kind: "drop"; readonly reason: NoSuggestionReason };

/** One rule: keeps the answer, changed or not, or drops it by name. Pure; never throws. */
export type Filter = (text: string, place: AnswerPlace) => Verdict;

export const keep = (text: string): Verdict => ({ kind: "keep", text });
export const drop = (reason: NoSuggestionReason): Verdict => ({ kind: "drop", reason });

/** Lines that hold something, nearest to the cursor first; the cursor's own line is not among them. */
export function nextLine(after: string): string | undefined {
  return after
    .split("\n")
    .slice(1)
    .find((line) => line.trim() !== "");
}
