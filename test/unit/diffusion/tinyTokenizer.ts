import type { CanvasTokenizer, SpecialTokens } from "../../../src/diffusion/denoiser";

/** Words beside the 256 bytes: some overlap, some hold a multi-byte character, some a part of one (see HALF_EMOJI). */
const WORDS = [
  "re", "ret", "return", "urn", "foo", "fo", "bar", "ba", " ba", " bar", " foo", "x", " x", "=", " =", " = ", "(", ")", ");", "()", ";", ";\n", ",", ", ",
  "\n", "\n\n", "  ", "    ", " ", "a", "b", "ab", "abc", "c", "é", "éa", "1", "12", "++", "+", " +", "{", "}", "}\n",
]; // prettier-ignore
const HALF_EMOJI = [
  [0xf0, 0x9f],
  [0x98, 0x80],
  [0x20, 0xf0, 0x9f],
];
const PIECES: readonly Uint8Array[] = [
  ...Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte)),
  ...WORDS.filter((word) => new TextEncoder().encode(word).length > 1).map((word) => new TextEncoder().encode(word)),
  ...HALF_EMOJI.map((bytes) => Uint8Array.from(bytes)),
];
const PRE_TOKEN = /\s*\n+|\s+(?!\S)| ?\p{L}+| ?[^\s\p{L}]+|\s+/gu;

export const SPECIAL: SpecialTokens = {
  prefix: PIECES.length,
  suffix: PIECES.length + 1,
  middle: PIECES.length + 2,
  mask: PIECES.length + 3,
  end: PIECES.length + 4,
};
/** A special token that the canvas does not know of. */
export const OTHER_SPECIAL = PIECES.length + 5;

const startsWith = (long: Uint8Array, short: Uint8Array) => short.every((byte, i) => long[i] === byte);

/** A byte-level tokenizer small enough to think through: the longest piece first, within a pre-token. */
export const tinyTokenizer: CanvasTokenizer = {
  vocabularySize: PIECES.length + 6,
  encode: (text) => (text.match(PRE_TOKEN) ?? []).flatMap((word) => encodeBytes(new TextEncoder().encode(word))),
  bytesOf: (id) => PIECES[id] ?? new Uint8Array(),
  lastPreTokenStart: (text) => [...text.matchAll(PRE_TOKEN)].at(-1)?.index ?? 0,
  tokensAlong: (bytes) => PIECES.flatMap((piece, id) => (startsWith(piece, bytes) || startsWith(bytes, piece) ? [id] : [])),
};

function encodeBytes(bytes: Uint8Array): number[] {
  const ids: number[] = [];
  for (let at = 0; at < bytes.length;) {
    let best = bytes[at]!;
    for (const [id, piece] of PIECES.entries()) if (piece.length > PIECES[best]!.length && startsWith(bytes.subarray(at), piece)) best = id;
    ids.push(best);
    at += PIECES[best]!.length;
  }
  return ids;
}

/** Ids that make text look like code more often than noise. */
export const likelyIds: readonly number[] = WORDS.map((word) => encodeBytes(new TextEncoder().encode(word))[0]!);
