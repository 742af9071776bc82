export type PieceKind = "text" | "space" | "tab" | "newline" | "escape";

/** A run of a token's characters drawn in one way. */
export interface Piece {
  readonly kind: PieceKind;
  /** the characters themselves */
  readonly raw: string;
  /** what is drawn for them */
  readonly shown: string;
}

/** Controls, invisible characters and those that turn the direction of text: drawn as they are, they would hide or reorder code. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u00A0\u115F\u1160\u3164\p{Variation_Selector}\uD800-\uDFFF]/u;
const PARTS = new RegExp(`\\n|\\t|${UNSEEN.source}|(?:(?!\\n|\\t|${UNSEEN.source})[^])+`, "gu");

/** Splits text into what can be drawn as it is and what needs a sign. Together, `raw` of all pieces is the text. */
export function visiblePieces(text: string): Piece[] {
  return Array.from(text.matchAll(PARTS), ([raw]) => {
    if (raw === "\n") return { kind: "newline", raw, shown: "⏎" };
    if (raw === "\t") return { kind: "tab", raw, shown: "→" };
    if (UNSEEN.test(raw)) return { kind: "escape", raw, shown: `\\u{${raw.codePointAt(0)!.toString(16).toUpperCase()}}` };
    return { kind: "text", raw, shown: raw };
  });
}
