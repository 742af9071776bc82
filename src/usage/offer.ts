/** A suggestion that VS Code was given to show. */
export interface Offer {
  /** the document's URI; never stored */
  readonly documentKey: string;
  readonly languageId: string;
  /** where the cursor stands, both from 0; the character in UTF-16 units */
  readonly line: number;
  readonly character: number;
  /** what comes in after the cursor, `\n` line ends; never stored */
  readonly text: string;
  /** UTF-16 units after the cursor, in its line, that the text writes too */
  readonly replaceAfter: number;
  /** UTF-16 units of the text's head that the suggest widget's selected item would write without us; 0 where none is selected */
  readonly widgetChars: number;
  readonly source: "cache" | "engine";
  /** from VS Code's question to the answer */
  readonly latencyMs: number;
  /** Probability by the model that the whole text is right, in [0, 1]. */
  readonly sureness: number;
  /** VS Code asked of its own accord, and the gate decided; else the user asked, and saw what it would have hidden */
  readonly automatic: boolean;
}

/**
 * What became of an offer. A mixture is told by its last part: one whose head was typed and whose rest was taken by Tab is "accepted", one whose head
 * was taken by words and whose rest was typed "acceptedInPart".
 */
export const FATES = [
  /** taken to its end, by Tab or by words */
  "accepted",
  /** a head was taken by words or lines */
  "acceptedInPart",
  /** typed to its end: it was right, and nobody needed it */
  "typed",
  /** something else was typed, or the cursor left */
  "dismissed",
  /** gone before anybody can have read it */
  "unread",
] as const;
export type Fate = (typeof FATES)[number];

export interface SettledOffer {
  /** as it was first shown; its text is the whole, also where it grew while it was shown */
  readonly offer: Offer;
  readonly fate: Fate;
  /** UTF-16 units of the text; together at most its length */
  readonly acceptedChars: number;
  readonly typedChars: number;
  /** from its first showing until it was taken whole, typed to its end, or left */
  readonly shownMs: number;
  /** It was an alternative to the offer that was accepted; the text is that one's. */
  readonly isAlternative: boolean;
}
