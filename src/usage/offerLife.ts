import type { Place } from "../region/placeAfter";
import type { OpenText, Writer } from "./changeAtOffer";
import type { Fate, Offer, SettledOffer } from "./offer";

/**
 * What was shown for less can't have been read: the eye alone rests on a word for some 250 ms (Rayner, Psychological Bulletin 124, 1998). Counting what
 * flashed up between two keys as dismissed would only tell how fast somebody types.
 */
export const LEAST_READ_MS = 250;

/** One offer from its first showing to its end. Typing its head does not end it: the rest is offered again, and is the same offer. */
export class OfferLife {
  private rest: string;
  private place: Place;
  private replaceAfter: number;
  private widgetChars: number;
  private acceptedChars = 0;
  private typedChars = 0;
  private consumed = "";
  private isAlternative = false;
  private last: { readonly by: Writer; readonly chars: number; readonly atMs: number } | undefined;

  constructor(
    readonly id: number,
    private readonly offer: Offer,
    private readonly shownAtMs: number,
  ) {
    this.rest = offer.text;
    this.place = offer;
    this.replaceAfter = offer.replaceAfter;
    this.widgetChars = offer.widgetChars;
  }

  get documentKey(): string {
    return this.offer.documentKey;
  }

  /** What of it is in the document, right before the cursor. */
  get written(): string {
    return this.consumed;
  }

  get open(): OpenText {
    return { place: this.place, rest: this.rest, replaceAfter: this.replaceAfter, widgetChars: this.widgetChars };
  }

  get isAtEnd(): boolean {
    return this.rest === "";
  }

  isAt(documentKey: string, { line, character }: Place): boolean {
    return documentKey === this.documentKey && line === this.place.line && character === this.place.character;
  }

  /** Takes an offer for the same place that says the same, shorter or longer. @returns false where it says something else */
  continueWith(offer: Offer): boolean {
    if (!this.isAt(offer.documentKey, offer)) return false;
    if (!offer.text.startsWith(this.rest) && !this.rest.startsWith(offer.text)) return false;
    this.rest = offer.text;
    this.replaceAfter = offer.replaceAfter;
    this.widgetChars = offer.widgetChars;
    this.sealWritten();
    return true;
  }

  /** What was written before is no part of an acceptance that is told from now on. */
  sealWritten(): void {
    this.last = undefined;
  }

  moveTo(place: Place): void {
    this.place = place;
  }

  write(by: Writer, chars: number, closers: number, atMs: number): void {
    this.consumed += this.rest.slice(0, chars);
    this.rest = this.rest.slice(chars);
    this.replaceAfter = Math.max(0, this.replaceAfter + closers);
    this.widgetChars = Math.max(0, this.widgetChars - chars);
    this.last = { by, chars, atMs };
    if (by === "typing") this.typedChars += chars;
    else this.acceptedChars += chars;
  }

  /**
   * VS Code says that the offer was accepted to its end. It says so right after the change, which may have looked like a key, or like none of ours.
   * @param withinMs a change that is not older belongs to it
   * @param instead an alternative that was accepted in place of this: whole, what of it was written before too
   */
  acceptAll(nowMs: number, withinMs: number, instead?: string): void {
    if (this.last !== undefined && nowMs - this.last.atMs <= withinMs && (this.last.by === "typing" || instead !== undefined))
      this.takeBack(this.last);
    if (instead !== undefined) {
      this.isAlternative = true;
      this.rest = instead.slice(this.consumed.length);
    }
    if (this.rest !== "") this.write("accepting", this.rest.length, 0, nowMs);
  }

  /** What was written last is to come again. */
  private takeBack({ by, chars }: { readonly by: Writer; readonly chars: number }): void {
    const at = this.consumed.length - chars;
    this.rest = this.consumed.slice(at) + this.rest;
    this.consumed = this.consumed.slice(0, at);
    if (by === "typing") this.typedChars -= chars;
    else this.acceptedChars -= chars;
    this.last = undefined;
  }

  /** @param endedAtMs when it was taken whole, typed to its end, or left */
  settle(endedAtMs: number): SettledOffer {
    const shownMs = Math.max(0, endedAtMs - this.shownAtMs);
    return {
      offer: { ...this.offer, text: this.consumed + this.rest },
      fate: this.fate(shownMs),
      acceptedChars: this.acceptedChars,
      typedChars: this.typedChars,
      shownMs,
      isAlternative: this.isAlternative,
    };
  }

  private fate(shownMs: number): Fate {
    if (this.isAtEnd && this.last?.by === "accepting") return "accepted";
    if (this.acceptedChars > 0) return "acceptedInPart";
    if (this.isAtEnd && this.typedChars > 0) return "typed";
    return shownMs < LEAST_READ_MS ? "unread" : "dismissed";
  }
}
