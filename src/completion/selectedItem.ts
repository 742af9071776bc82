import type { SelectedItem } from "./placeText";

interface LineRange {
  readonly startLine: number;
  readonly startCharacter: number;
  readonly endLine: number;
  readonly endCharacter: number;
}

/**
 * The suggest widget's selected item, as seen from the cursor.
 * @returns undefined where its range does not hold the cursor in one line: nothing can extend it there
 */
export function selectedItem(text: string, range: LineRange, line: number, character: number): SelectedItem | undefined {
  if (range.startLine !== line || range.endLine !== line) return undefined;
  if (range.startCharacter > character || range.endCharacter < character) return undefined;
  return {
    text: text.replace(/\r\n?/g, "\n"),
    replaceBefore: character - range.startCharacter,
    replaceAfter: range.endCharacter - character,
  };
}
