import type { SureToken } from "./sureToken";

/** What the gate lets through of an answer. */
export interface Gated {
  /** a head of what is left of the answer */
  readonly text: string;
  /** Probability by the model that the whole of `text` is right, in [0, 1]. */
  readonly sureness: number;
  /** How many UTF-16 units of `text` come before its first uncertain token. */
  readonly certainChars: number;
}

export interface GatedAnswer {
  readonly text: string;
  readonly tokens: readonly SureToken[];
  /** How many UTF-16 units of `text`, from its start, the user has typed. */
  readonly typedChars: number;
  /** Up to here in `text` the answer has been on the screen: what was shown once is not taken back while it is typed. */
  readonly shownChars: number;
}

/** A token less sure than this is the first uncertain one. */
const CERTAIN = 0.8;
/** A head of an answer that is shorter is not worth a glance; a whole answer may be as short as it likes. */
const LEAST_HEAD_CHARS = 3;

/**
 * The longest head of an answer's rest that is right with a probability of `least` at least, cut between words; undefined where there is none.
 * The model's own probabilities multiply: what the canvas holds was read by a pass that saw all that stands before it.
 * @param least in [0, 1]; 0 lets everything through
 */
export function gate({ text, tokens, typedChars, shownChars }: GatedAnswer, least: number): Gated | undefined {
  let sureness = 1;
  let certainEnd: number | undefined;
  let boundary = typedChars;
  let best: { readonly end: number; readonly sureness: number } | undefined;
  for (const { end, confidence } of [...tokens, ...believed(tokens, text)]) {
    if (end <= typedChars) continue;
    if (confidence < CERTAIN) certainEnd ??= boundary;
    sureness *= confidence;
    if (!isBetweenWords(text, end)) continue;
    boundary = end;
    if (sureness >= least || end <= shownChars) best = { end, sureness };
  }
  if (best === undefined) return undefined;
  const head = text.slice(typedChars, best.end);
  const isWhole = best.end === text.length;
  if (!isWhole && best.end > shownChars && head.trim().length < LEAST_HEAD_CHARS) return undefined;
  const shown = isWhole ? head : head.trimEnd();
  if (shown.trim() === "") return undefined;
  return { text: shown, sureness: best.sureness, certainChars: Math.min(shown.length, (certainEnd ?? text.length) - typedChars) };
}

/** What no token spells came with no doubt. */
function believed(tokens: readonly SureToken[], text: string): SureToken[] {
  return (tokens.at(-1)?.end ?? 0) < text.length ? [{ end: text.length, confidence: 1 }] : [];
}

function isBetweenWords(text: string, at: number): boolean {
  return at === text.length || !(/[\p{L}\p{N}_$]$/u.test(text.slice(0, at)) && /^[\p{L}\p{N}_$]/u.test(text.slice(at)));
}
