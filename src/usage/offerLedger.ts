import type { Place } from "../region/placeAfter";
import { changeAtOffer, compare, type DocumentChange } from "./changeAtOffer";
import type { Offer, SettledOffer } from "./offer";
import { OfferLife } from "./offerLife";

/** VS Code tells of a full accept right after the change that it makes: an offer that has ended waits so long for that. */
export const CONFIRM_MS = 300;

/** An offer that goes to be shown. */
export interface Showing {
  /** for `accepted`; the same as before where it goes on with what was shown already */
  readonly id: number;
  /** what of the offer was written since it was first shown, right before the cursor */
  readonly written: string;
}

/**
 * Follows each offer from its showing to its end, and tells once what became of it. VS Code shows one at a time, so one is open at most. Knows no editor and
 * no clock: times are milliseconds of any clock that does not run backwards. Throws nothing, in whatever order it is told.
 */
export class OfferLedger {
  private lastId = 0;
  private open: OfferLife | undefined;
  /** Ended, and perhaps yet to be told accepted. Oldest first. */
  private ended: { readonly life: OfferLife; readonly atMs: number }[] = [];

  constructor(private readonly onSettled: (settled: SettledOffer) => void) {}

  /** When `settleDue` should be called next; undefined: not before something else happens. */
  get dueMs(): number | undefined {
    return this.ended[0] && this.ended[0].atMs + CONFIRM_MS;
  }

  shown(offer: Offer, nowMs: number): Showing {
    this.settleDue(nowMs);
    if (this.open?.continueWith(offer) !== true) {
      this.left(nowMs);
      this.open = new OfferLife(++this.lastId, offer, nowMs);
    }
    const { id, written } = this.open;
    return { id, written };
  }

  /** @param changes of one event, each in the document as it was before all of them */
  changed(documentKey: string, changes: readonly DocumentChange[], nowMs: number): void {
    this.settleDue(nowMs);
    // From the last one to the first: so none moves the places that those before it speak of.
    for (const change of changes.toSorted((a, b) => compare(b.start, a.start))) {
      const { open } = this;
      if (open?.documentKey !== documentKey) return;
      const effect = changeAtOffer(open.open, change);
      if (effect.kind === "diverged") {
        open.sealWritten();
        return this.left(nowMs);
      }
      open.moveTo(effect.place);
      if (effect.kind === "written") open.write(effect.by, effect.chars, effect.closers, nowMs);
      if (open.isAtEnd) return this.left(nowMs);
    }
  }

  /** The cursor of the editor in use is at a place. */
  cursorAt(documentKey: string, place: Place, nowMs: number): void {
    this.settleDue(nowMs);
    if (this.open?.isAt(documentKey, place) === false) this.left(nowMs);
  }

  /** A document is gone, or is another now. */
  closed(documentKey: string, nowMs: number): void {
    this.settleDue(nowMs);
    if (this.open?.documentKey === documentKey) this.left(nowMs);
  }

  /** Nothing is shown any more. */
  left(nowMs: number): void {
    this.settleDue(nowMs);
    if (this.open !== undefined) this.ended.push({ life: this.open, atMs: nowMs });
    this.open = undefined;
  }

  /**
   * VS Code says that the offer was accepted to its end. One that is settled already stays so.
   * @param instead the alternative that was accepted in its place: whole, from where the cursor stood when the offer was first shown
   */
  accepted(id: number, nowMs: number, instead?: string): void {
    if (this.open?.id === id) this.left(nowMs);
    const index = this.ended.findIndex(({ life }) => life.id === id);
    if (index < 0) return this.settleDue(nowMs);
    const [{ life, atMs }] = this.ended.splice(index, 1) as [{ life: OfferLife; atMs: number }];
    life.acceptAll(nowMs, CONFIRM_MS, instead);
    this.onSettled(life.settle(atMs));
    this.settleDue(nowMs);
  }

  settleDue(nowMs: number): void {
    while (this.ended[0] !== undefined && this.ended[0].atMs + CONFIRM_MS <= nowMs) this.settleFirst();
  }

  /** Settles all there is. */
  end(nowMs: number): void {
    this.left(nowMs);
    while (this.ended.length > 0) this.settleFirst();
  }

  private settleFirst(): void {
    const { life, atMs } = this.ended.shift()!;
    this.onSettled(life.settle(atMs));
  }
}
