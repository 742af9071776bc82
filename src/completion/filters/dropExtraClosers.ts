import { keep, nextLine, type Filter } from "./filter";

const CLOSING = new Map([
  [")", "("],
  ["]", "["],
  ["}", "{"],
]);

/**
 * Takes off the last line of an answer where it only closes a bracket that the file's next line closes already.
 * (Closers in the cursor's own line are `placeText`'s: the range goes over them.)
 */
export const dropExtraClosers: Filter = (text, { before, after }) => {
  const lines = text.split("\n");
  const last = lines.at(-1)!;
  if (lines.length < 2 || !/^\s*[)\]}]+[;,]?\s*$/.test(last)) return keep(text);
  const next = nextLine(after);
  if (next?.trimEnd() !== last.trimEnd()) return keep(text);
  const cursorLine = before.slice(before.lastIndexOf("\n") + 1);
  return closesMoreThanOpened(cursorLine + text) || closesMoreThanOpened(text) ? keep(lines.slice(0, -1).join("\n").trimEnd()) : keep(text);
};

/** Whether some closing bracket finds no opening one; brackets of another kind are skipped, not matched. */
function closesMoreThanOpened(text: string): boolean {
  const open = new Map([
    ["(", 0],
    ["[", 0],
    ["{", 0],
  ]);
  for (const character of text) {
    if (open.has(character)) open.set(character, open.get(character)! + 1);
    const opening = CLOSING.get(character);
    if (opening === undefined) continue;
    const depth = open.get(opening)! - 1;
    if (depth < 0) return true;
    open.set(opening, depth);
  }
  return false;
}
