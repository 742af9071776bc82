import type { EarlierCanvas } from "./canvas";
import { Acceptance } from "./samplers/acceptance";

/** Stands between two pieces of text: no token has this id. */
export const BETWEEN = -1;

/** A day's answers are some thousands of tokens; a look-up walks through them all. */
const MOST_TOKENS = 8_192;
/** Lengths of a look-up's match that are told apart, 0 to this and more. */
const LONGEST_MATCH = 4;
/** Before anything was measured: what follows a token elsewhere follows it here that often, by how many tokens before it are the same too. */
const FIRST_RATES = [0.25, 0.35, 0.5, 0.6, 0.7];

/** Some for each place where somebody writes: the cursor that only rests somewhere leaves one too. */
const MOST_CANVASES = 16;

/**
 * What earlier requests leave for later ones: where their canvases were anchored, and for the drafts, text that was written or read and how often which kind of
 * draft was right. One a loaded model.
 */
export class DenoiseMemory {
  /** The newest first. */
  readonly canvases: EarlierCanvas[] = [];
  /** Pieces of text, `BETWEEN` before each, the newest last. */
  readonly tokens: number[] = [];
  readonly ofMasks = new Acceptance(0.5);
  private readonly ofMatches = FIRST_RATES.map((rate) => new Acceptance(rate));
  private lastPrefix: readonly number[] = [];

  /** @param match how many tokens before the draft are the same in both places */
  ofMatch(match: number): Acceptance {
    return this.ofMatches[Math.min(match, LONGEST_MATCH)]!;
  }

  /** Keeps a canvas, in the place of those that were anchored further up in the same text. */
  keepCanvas(canvas: EarlierCanvas): void {
    const { prefix, suffix } = canvas.anchor;
    const others = this.canvases.filter(({ anchor }) => anchor.suffix !== suffix || !prefix.startsWith(anchor.prefix));
    this.canvases.splice(0, Infinity, canvas, ...others.slice(0, MOST_CANVASES - 1));
  }

  /** Keeps a request's answer; and the file before it, once another file's comes. @param prefix P @param written the head and the answer */
  remember(prefix: readonly number[], written: readonly number[]): void {
    const { lastPrefix } = this;
    if (lastPrefix.length > 0 && lastPrefix.slice(0, 16).some((token, i) => token !== prefix[i])) this.keep(lastPrefix);
    this.lastPrefix = prefix;
    this.keep([...prefix.slice(-LONGEST_MATCH), ...written]);
  }

  private keep(piece: readonly number[]): void {
    this.tokens.push(BETWEEN, ...piece);
    if (this.tokens.length > MOST_TOKENS) this.tokens.splice(0, this.tokens.length - MOST_TOKENS / 2);
  }
}
