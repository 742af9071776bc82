import { MOST_PIECES, type ChosenPiece } from "./chooseRelated";
import { putLast } from "./putLast";

/**
 * A file with so much text before the cursor's line says enough itself: pieces of others made no difference there, and their tokens would cost a third of a
 * second at each new place. Where it had pieces, it keeps them a while longer, or they would come and go with each line around the limit.
 */
export const LITTLE_CHARS = 1_200;
export const ENOUGH_CHARS = 2_400;
/** The cursor is at another place when it is so many lines away. */
const FAR_LINES = 40;
/** Documents remembered. */
const MOST_DOCUMENTS = 16;

export interface PiecesPlace {
  /** zero-based line of the cursor */
  readonly line: number;
  /** UTF-16 units of the file before the cursor's line, as far as they would be sent */
  readonly beforeChars: number;
  /** the file's import lines, but the one that is being written */
  readonly imports: string;
  /** counts up whenever what can be chosen from is another */
  readonly epoch: number;
}

interface Kept extends PiecesPlace {
  /** the line for which the choice was made */
  readonly chosenLine: number;
  readonly pieces: readonly ChosenPiece[];
}

/**
 * Keeps each document's choice of pieces as long as it is good. The pieces stand first in the model's context: with another choice all that follows them, the
 * file itself too, is computed anew. So between two keystrokes in a line it never changes; on another line it only grows, by names that are new there; it
 * is made anew where the cursor went far away or the imports changed. Pure.
 */
export class StablePieces {
  private readonly documents = new Map<string, Kept>();

  /**
   * @param choose what would be chosen now, most relevant last; called only where the choice may change
   * @returns the same array as long as the choice is the same; undefined where the file says enough itself
   */
  at(document: string, place: PiecesPlace, choose: () => readonly ChosenPiece[]): readonly ChosenPiece[] | undefined {
    const kept = this.documents.get(document);
    const isHere = kept !== undefined && Math.abs(place.line - kept.chosenLine) <= FAR_LINES && place.imports === kept.imports;
    const limit = isHere && kept.pieces.length > 0 ? ENOUGH_CHARS : LITTLE_CHARS;
    if (place.beforeChars >= limit) return undefined;
    const now = isHere ? this.grown(kept, place, choose) : anew(kept, place, choose());
    if (now !== kept) {
      putLast(this.documents, document, now, MOST_DOCUMENTS);
    }
    return now.pieces;
  }

  forget(document: string): void {
    this.documents.delete(document);
  }

  clear(): void {
    this.documents.clear();
  }

  private grown(kept: Kept, place: PiecesPlace, choose: () => readonly ChosenPiece[]): Kept {
    const isFull = kept.pieces.length >= MOST_PIECES;
    const isNewLine = place.line !== kept.line;
    // What the file imports is read while the first keys are typed: nothing is better than late, but only once.
    const wasTooEarly = kept.pieces.every(({ isNear }) => !isNear) && place.epoch !== kept.epoch;
    if (isFull || !(isNewLine || wasTooEarly)) return kept;
    const fresh = choose().filter((piece) => !kept.pieces.some((old) => old.path === piece.path && old.name === piece.name));
    const added = fresh.slice(-(MOST_PIECES - kept.pieces.length));
    // The newest names stand last: they are nearest to what is written now.
    return { ...place, chosenLine: kept.chosenLine, pieces: added.length === 0 ? kept.pieces : [...kept.pieces, ...added] };
  }
}

function anew(kept: Kept | undefined, place: PiecesPlace, pieces: readonly ChosenPiece[]): Kept {
  return { ...place, chosenLine: place.line, pieces: kept !== undefined && isSame(pieces, kept.pieces) ? kept.pieces : pieces };
}

function isSame(a: readonly ChosenPiece[], b: readonly ChosenPiece[]): boolean {
  return a.length === b.length && a.every((piece, index) => piece.path === b[index]!.path && piece.text === b[index]!.text);
}
