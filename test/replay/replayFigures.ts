import { randomFrom } from "../randomFrom";
import { bootstrap, type Interval } from "./bootstrap";
import { addCounts, NO_KEYS, type KeyCounts } from "./keyCounts";

/** What a sum of counts says, by name: shares in percent. */
export const FIGURES = {
  "keystrokes saved, %": (c: KeyCounts) => (100 * (c.keysAlone - c.keys)) / c.keysAlone,
  "characters written by suggestions, %": (c: KeyCounts) => (100 * c.acceptedChars) / c.keysAlone,
  "keystrokes that showed one, %": (c: KeyCounts) => (100 * c.shown) / c.keys,
  "of those right to their end, %": (c: KeyCounts) => (100 * (c.shown - c.unwanted)) / c.shown,
  "unwanted per 100 keystrokes": (c: KeyCounts) => (100 * c.unwanted) / c.keys,
  "distinct unwanted per 100 keystrokes": (c: KeyCounts) => (100 * c.unwantedLives) / c.keys,
  "of distinct ones right, %": (c: KeyCounts) => (100 * (c.shownLives - c.unwantedLives)) / c.shownLives,
  "length of what was shown, characters": (c: KeyCounts) => c.shownChars / c.shown,
} as const;

export type FigureName = keyof typeof FIGURES;
export const FIGURE_NAMES = Object.keys(FIGURES) as FigureName[];

const SEED = 1;

/** Each figure over all files, with what other files would do to it. */
export function figuresOf(files: readonly KeyCounts[]): Record<FigureName, Interval> {
  return byName((name) => bootstrap(files.length, (at) => FIGURES[name](sumOf(at.map((file) => files[file]!))), randomFrom(SEED)));
}

/** How much more each figure is in the first run than in the second, of the same files in the same order. */
export function differences(ours: readonly KeyCounts[], theirs: readonly KeyCounts[]): Record<FigureName, Interval> {
  const of = (run: readonly KeyCounts[], at: readonly number[], name: FigureName) => FIGURES[name](sumOf(at.map((file) => run[file]!)));
  return byName((name) => bootstrap(ours.length, (at) => of(ours, at, name) - of(theirs, at, name), randomFrom(SEED)));
}

export function sumOf(all: readonly KeyCounts[]): KeyCounts {
  return all.reduce(addCounts, NO_KEYS);
}

function byName<T>(of: (name: FigureName) => T): Record<FigureName, T> {
  return Object.fromEntries(FIGURE_NAMES.map((name) => [name, of(name)])) as Record<FigureName, T>;
}
