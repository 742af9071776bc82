import { readContext, type LineSource } from "../../src/context/readContext";
import type { CompletionQuery } from "../../src/completion/completionQuery";
import type { SelectedItem } from "../../src/completion/placeText";

/** Where the cursor is in a document, as an editor knows it. */
export interface EditedPlace {
  readonly document: string;
  readonly languageId: string;
  /** without their line ends */
  readonly lines: readonly string[];
  readonly line: number;
  /** UTF-16 units */
  readonly character: number;
}

/** What the extension's provider asks at a place, without what it takes from settings and syntax trees. */
export function placeQuery(
  { document, languageId, lines, line, character }: EditedPlace,
  selected?: SelectedItem,
): Omit<CompletionQuery, "settings"> {
  const source: LineSource = { lineCount: lines.length, lineText: (index) => lines[index]! };
  const start = { line, character: character - (selected?.replaceBefore ?? 0) };
  const { before, after } = readContext(source, start, { line, character: character + (selected?.replaceAfter ?? 0) });
  return {
    document,
    place: { file: document, line: line + 1 },
    languageId,
    path: document,
    before: before + (selected?.text ?? ""),
    after,
    lineBefore: lines[line]!.slice(0, character),
    lineAfter: lines[line]!.slice(character),
    selected,
    invoked: false,
  };
}
