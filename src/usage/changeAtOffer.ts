import { placeAfter, type Place } from "../region/placeAfter";

/** One replaced range, in the document as it was before; `\n` line ends. */
export interface DocumentChange {
  readonly start: Place;
  readonly end: Place;
  readonly text: string;
}

/** What is still to come of an offer, and where. */
export interface OpenText {
  readonly place: Place;
  readonly rest: string;
  readonly replaceAfter: number;
  readonly widgetChars: number;
}

export type Effect =
  /** The offer stands as it did, perhaps somewhere else. */
  | { readonly kind: "elsewhere"; readonly place: Place }
  /** A head of the rest came into the document. `closers`: what that adds to `replaceAfter`. */
  | { readonly kind: "written"; readonly by: Writer; readonly chars: number; readonly place: Place; readonly closers: number }
  | { readonly kind: "diverged" };

/** Who wrote a part of an offer: its reader by keys, or VS Code by order. */
export type Writer = "typing" | "accepting";

/** What VS Code writes for one opening key, with the cursor in between. */
const PAIRS: readonly string[] = ["()", "[]", "{}", "<>", '""', "''", "``"];
/** A line break by Enter brings its line's indentation, and between brackets a second line. */
const ENTER = /^(\n[ \t]*)(\n[ \t]*)?$/;
const DIVERGED: Effect = { kind: "diverged" };

/**
 * What a change does to an offer. VS Code says nothing of a word or a line that is accepted, only that text came in; so that is told from typing by what a
 * key can write: one character, a pair of brackets or quotes, a line break with its indentation. A head that is pasted counts as accepted, and a
 * single character that is accepted as typed. Throws nothing, whatever the change.
 */
export function changeAtOffer(open: OpenText, change: DocumentChange): Effect {
  const { place } = open;
  if (compare(change.start, place) > 0) return { kind: "elsewhere", place };
  if (compare(change.end, place) < 0) return { kind: "elsewhere", place: shift(place, change) };
  const isWithinLine = change.start.line === place.line && change.end.line === place.line;
  const removedAfter = change.end.character - place.character;
  if (!isWithinLine || removedAfter > open.replaceAfter) return DIVERGED;
  // What replaces the word before the cursor, as the suggest widget does, repeats it first.
  const repeated = place.character - change.start.character;
  const head = headOf(open.rest, change.text.slice(repeated));
  if (head === undefined) return DIVERGED;
  const { chars, addedClosers } = head;
  const isTyped = repeated > 0 || chars === open.widgetChars || isKey(change.text);
  return {
    kind: "written",
    by: isTyped ? "typing" : "accepting",
    chars,
    place: placeAfter(place, open.rest.slice(0, chars)),
    closers: addedClosers - removedAfter,
  };
}

/** How much of the rest a text writes; undefined where it writes something else, or nothing. */
function headOf(rest: string, text: string): { readonly chars: number; readonly addedClosers: number } | undefined {
  if (text === "") return undefined;
  if (PAIRS.includes(text)) return rest.startsWith(text[0]!) ? { chars: 1, addedClosers: 1 } : undefined;
  if (rest.startsWith(text)) return { chars: text.length, addedClosers: 0 };
  const enter = ENTER.exec(text)?.[1];
  return enter !== undefined && rest.startsWith(enter) ? { chars: enter.length, addedClosers: 0 } : undefined;
}

function isKey(text: string): boolean {
  return [...text].length === 1 || PAIRS.includes(text) || ENTER.test(text);
}

/** Where a place lies after a change that ends before it. */
function shift(place: Place, { start, end, text }: DocumentChange): Place {
  const written = placeAfter(start, text);
  const line = place.line + written.line - end.line;
  return place.line === end.line ? { line, character: place.character + written.character - end.character } : { ...place, line };
}

export function compare(a: Place, b: Place): number {
  return a.line - b.line || a.character - b.character;
}
