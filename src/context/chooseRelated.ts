import type { RelatedPiece } from "../backends/infiller";
import { definitionText } from "./definitionText";
import { namesNear } from "./namesNear";
import type { RecentName, WorkKind } from "./recentWork";

/** Why a file is looked at: the document imports it, a language server found a name of the document's there, somebody works in it, or a search found such a name. */
export type RelatedSource = "imported" | "declared" | "open" | "found";

/** A file whose definitions are known. */
export interface IndexedText {
  readonly path: string;
  readonly text: string;
  readonly definitions: ReadonlyMap<string, readonly number[]>;
  /** its definitions that were edited or copied from in the last minutes, the last first */
  readonly recent?: readonly RecentName[];
  /** absent: "open" */
  readonly source?: RelatedSource;
}

/** A piece, and why it is sent. */
export interface ChosenPiece extends RelatedPiece {
  /** whose definition it is */
  readonly name: string;
  /** whether the name stands near the cursor; else somebody was only at it lately */
  readonly isNear: boolean;
  /** what somebody did there in the last minutes */
  readonly recently: WorkKind | undefined;
  readonly source: RelatedSource;
}

export const MOST_PIECES = 3;
/** A name that more places define is no clue: which of them is meant? */
const MOST_PLACES = 3;

/**
 * Definitions, in other files, of names that stand near the cursor and that the file does not define itself; those that were edited or copied from
 * lately rank before the others. Where room is left, what somebody was at last of all, though nothing near the cursor names it. Pure.
 * @param own definitions of the file that is written in
 * @param others in the order in which they are preferred, e.g. the last edited first
 * @returns at most MOST_PIECES, the most relevant last: of equals the name nearest to the cursor
 */
export function chooseRelated(
  { before, after }: { readonly before: string; readonly after: string },
  own: ReadonlyMap<string, unknown>,
  others: readonly IndexedText[],
): ChosenPiece[] {
  const [last] = others
    .flatMap((file) => (file.recent ?? []).map((work) => ({ ...work, file })))
    // What was pasted stands in this file by now.
    .filter(({ name }) => !own.has(name))
    .sort((a, b) => b.atMs - a.atMs);
  const named: ChosenPiece[] = [];
  for (const name of new Set(namesNear(before, after).map((place) => place.name))) {
    if (named.length >= MOST_PIECES && last === undefined) break;
    if (own.has(name)) continue;
    const places = others.flatMap((file) => (file.definitions.get(name) ?? []).map((offset) => ({ file, offset })));
    if (places.length === 0 || places.length > MOST_PLACES) continue;
    const { file, offset } = places.find((place) => recently(place.file, name) !== undefined) ?? places[0]!;
    add(named, pieceOf(file, name, offset, true));
  }
  const isRecent = (piece: ChosenPiece): boolean => piece.recently !== undefined;
  const chosen = [...named.filter(isRecent), ...named.filter((piece) => !isRecent(piece))].slice(0, MOST_PIECES);
  if (chosen.length < MOST_PIECES) {
    const offset = last?.file.definitions.get(last.name)?.[0];
    if (last !== undefined && offset !== undefined) add(chosen, pieceOf(last.file, last.name, offset, false));
  }
  return chosen.reverse();
}

function pieceOf(file: IndexedText, name: string, offset: number, isNear: boolean): ChosenPiece {
  const { path, text, source = "open" } = file;
  return { path, text: definitionText(text, offset), name, isNear, recently: recently(file, name), source };
}

function recently(file: IndexedText, name: string): WorkKind | undefined {
  return file.recent?.find((work) => work.name === name)?.kind;
}

function add(pieces: ChosenPiece[], piece: ChosenPiece): void {
  if (!pieces.some(({ path, text }) => path === piece.path && text === piece.text)) pieces.push(piece);
}
