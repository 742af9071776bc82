import { isVisible } from "./isVisible";
import { misfitPlace } from "./misfitPlace";
import type { Gated } from "./gate/gate";
import { none, type Outcome, type Suggestion } from "./outcome";

export interface TextPlace {
  /** what stands in the cursor's line on both sides */
  readonly lineBefore: string;
  readonly lineAfter: string;
}

/** What the suggest widget would write, and how much of the line it replaces on both sides of the cursor. */
export interface SelectedItem {
  readonly text: string;
  readonly replaceBefore: number;
  readonly replaceAfter: number;
}

/**
 * Makes an answer an item: inserted at the cursor, or over the closers after it where the answer writes them itself; behind the suggest
 * widget's selected item where there is one. What VS Code would not show is not offered.
 * @param fits whether the answer led into the rest of the line it was made for
 * @param place the line as it is now, without the selected item
 */
export function placeText(
  { text, addedClosers, sureness, certainChars }: Gated & { readonly addedClosers: number },
  fits: boolean,
  place: TextPlace,
  selected: SelectedItem | undefined,
  source: Suggestion["source"],
): Outcome {
  const selectedAfter = selected?.replaceAfter ?? 0;
  const rest = place.lineAfter.slice(selectedAfter).trimEnd();
  let replaceAfter = selectedAfter;
  if (fits) replaceAfter += addedClosers;
  else if (rest.trim() !== "") {
    const misfit = misfitPlace(text, rest);
    if (misfit === undefined) return none("doesNotFit");
    if (misfit === "over") replaceAfter += rest.length;
  }
  const insertText = (selected?.text ?? "") + text;
  const replaceBefore = selected?.replaceBefore ?? 0;
  const replacedBefore = place.lineBefore.slice(place.lineBefore.length - replaceBefore);
  // The selected item's own text may differ in case from what was typed (`str` for `String`): VS Code then shows no ghost text either.
  if (!isVisible(insertText, replacedBefore, place.lineAfter.slice(0, replaceAfter))) return none("notVisible");
  const certain = (selected?.text.length ?? 0) + certainChars;
  return { kind: "suggestion", insertText, replaceBefore, replaceAfter, sureness, certainChars: certain, source };
}
