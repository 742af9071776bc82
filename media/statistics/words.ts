import type { Fate } from "../../src/usage/offer";

/** Stands where nothing was measured: a number would say something that nobody knows. */
export const NOTHING = "nothing yet";

export const FATE_WORDS: Readonly<Record<Fate, string>> = {
  accepted: "Accepted",
  acceptedInPart: "Accepted in part",
  typed: "Typed to the end",
  dismissed: "Dismissed",
  unread: "Gone unread",
};

/** What each fate means, for who wonders. */
export const FATE_HINTS: Readonly<Record<Fate, string>> = {
  accepted: "taken to the end, by Tab or word by word",
  acceptedInPart: "some words or lines were taken",
  typed: "it was right, and you typed it yourself",
  dismissed: "you typed something else, or went elsewhere",
  unread: "gone within a quarter of a second; not counted in the share",
};

export function countWords(count: number): string {
  return count.toLocaleString("en");
}

/** @param share in [0, 1] */
export function shareWords(share: number | undefined): string {
  return share === undefined ? NOTHING : `${Math.round(share * 100)} %`;
}

/** Histograms know a duration to a tenth: two digits are all there is to say. */
export function durationWords(ms: number | undefined): string {
  if (ms === undefined) return NOTHING;
  if (ms < 1) return "under 1 ms";
  const rounded = Number(ms.toPrecision(2));
  return rounded < 1_000 ? `${rounded} ms` : `${(rounded / 1_000).toFixed(rounded < 10_000 ? 1 : 0)} s`;
}

/** @param day `2026-11-27` @returns "27 Nov" */
export function dayWords(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
}
