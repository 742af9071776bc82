import { randomFrom } from "../../randomFrom";
import { likelyIds, OTHER_SPECIAL, SPECIAL, tinyTokenizer } from "./tinyTokenizer";

/** A model as two pure functions. */
export interface Table {
  /** Logits [V] of the token after the visible ones, the last of which is clean. */
  next(visible: readonly number[]): Float32Array;
  /** Logits [V] of the row at `index` of a block behind the visible clean tokens: it speaks for the position after it. */
  draft(visible: readonly number[], block: readonly number[], index: number): Float32Array;
}

function hash(tokens: readonly number[], seed: number): number {
  let h = seed ^ 0x9e3779b9;
  for (const token of tokens) {
    h = Math.imul(h ^ token, 0x01000193);
    h ^= h >>> 15;
  }
  return h >>> 0;
}

export function writable(token: number): boolean {
  return token === SPECIAL.end || tinyTokenizer.bytesOf(token).length > 0;
}

/** The token a careful reader would take from a row: written apart from the product's own. */
export function plainArgmax(row: Float32Array): number {
  return [...row.keys()].filter(writable).reduce((best, id) => (row[id]! > row[best]! ? id : best));
}

/**
 * A random model: logits are a hash of all that a row sees. Now and then a special token, which must not be written, is the likeliest.
 * @param agreement chance that a mask drafts what the clean pass will say
 * @param endBias how likely the end token is
 */
export function randomTable(seed: number, agreement: number, endBias: number): Table {
  const row = (h: number): Float32Array => {
    const draw = randomFrom(h);
    const logits = Float32Array.from({ length: tinyTokenizer.vocabularySize }, () => draw() * 4);
    for (const id of likelyIds) logits[id]! += draw() * 6;
    logits[SPECIAL.end]! += endBias * draw();
    for (const id of [0xf0, 0x9f, 0x98, 0x80]) logits[id]! += draw() * 3;
    if (draw() < 0.1) logits[[SPECIAL.mask, SPECIAL.middle, SPECIAL.prefix, SPECIAL.suffix, OTHER_SPECIAL][h % 5]!] = 20;
    return logits;
  };
  const next = (visible: readonly number[]) => row(hash(visible, seed));
  const draft = (visible: readonly number[], block: readonly number[], index: number) => {
    const h = hash([...visible, -1, ...block, -2, index], seed);
    if (randomFrom(h ^ 1)() >= agreement) return row(h);
    const known = [...visible];
    for (let i = 0; i <= index; i++) known.push(block[i] !== SPECIAL.mask ? block[i]! : plainArgmax(next(known)));
    return next(known);
  };
  return { next, draft };
}

/** A model that writes one text: after `<middle>` the script's tokens, then the end token; a mask is wrong at every `wrongEvery`-th place. */
export function scriptedTable(script: string, wrongEvery: number): Table {
  const tokens = [...tinyTokenizer.encode(script), SPECIAL.end];
  const say = (token: number, logit: number) => {
    const logits = new Float32Array(tinyTokenizer.vocabularySize);
    logits[token] = logit;
    return logits;
  };
  const written = (visible: readonly number[]) => visible.length - 1 - visible.lastIndexOf(SPECIAL.middle);
  return {
    next: (visible) => say(tokens[written(visible)] ?? SPECIAL.end, 12),
    draft: (visible, _block, index) => {
      const at = written(visible) + index + 1;
      return at % wrongEvery === wrongEvery - 1
        ? say(tinyTokenizer.encode("x")[0]!, 7)
        : say(tokens[at] ?? SPECIAL.end, 10 - (index % 3) * 2);
    },
  };
}
