import { drop, keep, nextLine, type Filter } from "./filter";

/** Cuts an answer of several lines where it begins to repeat the file's next lines; drops it if nothing is left. */
export const cutPresentSuffix: Filter = (text, { before, after }) => {
  const lines = text.split("\n");
  if (lines.length === 1) return keep(text);
  const next = nextLine(after);
  // A line of closers alone says little: it is the file's own only where the brackets say so (see dropExtraClosers).
  if (next === undefined || !/[\p{L}\p{N}]/u.test(next)) return keep(text);
  const following = linesOf(after);
  const written = [before.slice(before.lastIndexOf("\n") + 1) + lines[0]!, ...lines.slice(1)];
  const at = written.findIndex((line, index) => line.trim() !== "" && sameFromHere(written.slice(index), following));
  if (at < 0) return keep(text);
  const rest = lines.slice(0, at).join("\n").trimEnd();
  return rest === "" ? drop("suffixPresent") : keep(rest);
};

function linesOf(after: string): string[] {
  return after
    .split("\n")
    .slice(1)
    .filter((line) => line.trim() !== "");
}

/** Whether all lines of the answer's end are the file's next ones, in order. */
function sameFromHere(answer: readonly string[], following: readonly string[]): boolean {
  const held = answer.filter((line) => line.trim() !== "");
  return held.length > 0 && held.every((line, index) => following[index]?.trimEnd() === line.trimEnd());
}
