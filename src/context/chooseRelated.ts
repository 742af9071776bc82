import type { RelatedPiece } from "../backends/infiller";
import { definitionText } from "./definitionText";

/** A file whose definitions are known. */
export interface IndexedText {
  readonly path: string;
  readonly text: string;
  readonly definitions: ReadonlyMap<string, readonly number[]>;
}

/** Names are looked for so near the cursor: characters before and after it. */
const NEAR_BEFORE = 700;
const NEAR_AFTER = 200;
const MOST_PIECES = 3;
/** A name that more places define is no clue: which of them is meant? */
const MOST_PLACES = 3;
const NAME = /[A-Za-z_]\w{3,}/g;

/**
 * Definitions, in other files, of names that stand near the cursor and that the file does not define itself. Pure.
 * @param own definitions of the file that is written in
 * @param others in the order in which they are preferred, e.g. the last edited first
 * @returns the name nearest to the cursor last
 */
export function chooseRelated(
  { before, after }: { readonly before: string; readonly after: string },
  own: ReadonlyMap<string, unknown>,
  others: readonly IndexedText[],
): RelatedPiece[] {
  const chosen: RelatedPiece[] = [];
  for (const name of namesNear(before, after)) {
    if (chosen.length >= MOST_PIECES) break;
    if (own.has(name)) continue;
    const places = others.flatMap((file) => (file.definitions.get(name) ?? []).map((offset) => ({ file, offset })));
    if (places.length === 0 || places.length > MOST_PLACES) continue;
    const { file, offset } = places[0]!;
    const piece = { path: file.path, text: definitionText(file.text, offset) };
    if (!chosen.some(({ path, text }) => path === piece.path && text === piece.text)) chosen.push(piece);
  }
  return chosen.reverse();
}

/** Each name once, the nearest to the cursor first; those behind it last. */
function namesNear(before: string, after: string): Set<string> {
  const names = (text: string): string[] => [...text.matchAll(NAME)].map(([name]) => name);
  return new Set([...names(before.slice(-NEAR_BEFORE)).reverse(), ...names(after.slice(0, NEAR_AFTER))]);
}
