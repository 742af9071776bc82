import { addHistograms, withDuration, type Histogram } from "./histogram";
import type { Fate, SettledOffer } from "./offer";

/** What is kept of a day's offers in one language: counts, and nothing of what was written. */
export interface UsageCounts {
  /** fate → how many; one that is not named never came */
  readonly fates: Readonly<Partial<Record<Fate, number>>>;
  readonly acceptedChars: number;
  readonly typedChars: number;
  /** from the first showing until it was accepted to its end */
  readonly acceptMs: Histogram;
  /** from VS Code's question to the answer, of each offer's first showing */
  readonly latencyMs: Histogram;
}

/** Day (`2026-11-27`, by the user's clock) → language id → counts. */
export type UsageDays = Readonly<Record<string, Readonly<Record<string, UsageCounts>>>>;

/** Older days are dropped: a year can be compared with the one before, and the file stays small. */
export const MOST_DAYS = 400;

export const NO_COUNTS: UsageCounts = { fates: {}, acceptedChars: 0, typedChars: 0, acceptMs: {}, latencyMs: {} };

/** What one settled offer counts. */
export function countsOf({ offer, fate, acceptedChars, typedChars, shownMs }: SettledOffer): UsageCounts {
  return {
    fates: { [fate]: 1 },
    acceptedChars,
    typedChars,
    acceptMs: fate === "accepted" ? withDuration({}, shownMs) : {},
    latencyMs: withDuration({}, offer.latencyMs),
  };
}

export function addCounts(a: UsageCounts, b: UsageCounts): UsageCounts {
  const fates: Partial<Record<Fate, number>> = { ...a.fates };
  for (const [fate, count] of Object.entries(b.fates) as [Fate, number][]) fates[fate] = (fates[fate] ?? 0) + count;
  return {
    fates,
    acceptedChars: a.acceptedChars + b.acceptedChars,
    typedChars: a.typedChars + b.typedChars,
    acceptMs: addHistograms(a.acceptMs, b.acceptMs),
    latencyMs: addHistograms(a.latencyMs, b.latencyMs),
  };
}

export function addDays(a: UsageDays, b: UsageDays): UsageDays {
  return merge(a, b, (languagesOfA, languagesOfB) => merge(languagesOfA, languagesOfB, addCounts));
}

/** @param today the day that is the last of the `MOST_DAYS` kept; later ones stay, since a clock may have been set back */
export function dropOldDays(days: UsageDays, today: string): UsageDays {
  const oldest = dayBefore(today, MOST_DAYS - 1);
  return Object.fromEntries(Object.entries(days).filter(([day]) => day >= oldest));
}

/** The day so many days before. @param day `2026-11-27` */
export function dayBefore(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - count * 86_400_000).toISOString().slice(0, 10);
}

/** The day of a time on the user's clock, as a key of `UsageDays`. */
export function dayOf(time: Date): string {
  const two = (number: number): string => String(number).padStart(2, "0");
  return `${String(time.getFullYear()).padStart(4, "0")}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}

/** Both records' entries; those that both have, added. Made so that a language named `__proto__` is one like any other. */
function merge<T>(a: Readonly<Record<string, T>>, b: Readonly<Record<string, T>>, add: (a: T, b: T) => T): Record<string, T> {
  const both = new Map(Object.entries(a));
  for (const [key, value] of Object.entries(b)) both.set(key, both.has(key) ? add(both.get(key)!, value) : value);
  return Object.fromEntries(both);
}
