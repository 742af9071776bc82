import { drop, keep, type Filter } from "./filter";

/** Drops an answer that makes the cursor's line the one above it again: a small model's loop. Lines of closers alone may repeat. */
export const dropRepetition: Filter = (text, { before, after }) => {
  const lines = before.split("\n");
  const lineAbove = lines.slice(0, -1).findLast((line) => line.trim() !== "");
  if (lineAbove === undefined || !/[\p{L}\p{N}]/u.test(lineAbove)) return keep(text);
  const rest = after.split("\n", 1)[0]!;
  const answerLines = text.split("\n");
  const completed = `${lines.at(-1)!}${answerLines[0]!}${answerLines.length === 1 ? rest : ""}`;
  return completed.trim() === lineAbove.trim() ? drop("repeatsLineBefore") : keep(text);
};
