import type { RelatedPiece } from "../backends/infiller";
import type { ChosenPiece } from "./chooseRelated";
import type { LeftOut } from "./leftOut";

/** Why nothing was looked for. */
export type NotLookedFor = "off" | "notAFile" | "notReadYet" | "saysEnough";

/** Why the pieces of a request are what they are. */
export interface RelatedNote {
  /** of each piece, in their order, whose definition it is and why it was chosen */
  readonly chosen: readonly Pick<ChosenPiece, "name" | "isNear" | "recently" | "source">[];
  readonly leftOut: readonly LeftOut[];
  readonly notLookedFor?: NotLookedFor;
}

/** Makes what is sent of a choice, and remembers why it was made for as long as what is sent lives. Pure. */
export class RelatedNotes {
  private readonly sent = new WeakMap<readonly ChosenPiece[], readonly RelatedPiece[]>();
  private readonly notes = new WeakMap<readonly RelatedPiece[], RelatedNote>();

  /** @returns the pieces as they are sent; the same array for the same choice */
  send(chosen: readonly ChosenPiece[], leftOut: readonly LeftOut[]): readonly RelatedPiece[] {
    const pieces = this.sent.get(chosen) ?? chosen.map(({ path, text }) => ({ path, text }));
    this.sent.set(chosen, pieces);
    this.notes.set(pieces, { chosen, leftOut });
    return pieces;
  }

  /** @returns no pieces */
  sendNone(notLookedFor: NotLookedFor, leftOut: readonly LeftOut[] = []): readonly RelatedPiece[] {
    const pieces: readonly RelatedPiece[] = [];
    this.notes.set(pieces, { chosen: [], leftOut, notLookedFor });
    return pieces;
  }

  /** @param pieces as `send` gave them */
  of(pieces: readonly RelatedPiece[]): RelatedNote | undefined {
    return this.notes.get(pieces);
  }
}
