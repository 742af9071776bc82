import * as l10n from "@vscode/l10n";
import type { Fate } from "../../src/usage/offer";
import { decimals } from "../../src/words/decimals";
import { uiLanguage } from "../../src/words/uiLanguage";

/** Stands where nothing was measured: a number would say something that nobody knows. */
export function nothingYet(): string {
  return l10n.t("nothing yet");
}

export function fateWords(fate: Fate): string {
  switch (fate) {
    case "accepted":
      return l10n.t("Accepted");
    case "acceptedInPart":
      return l10n.t("Accepted in part");
    case "typed":
      return l10n.t("Typed to the end");
    case "dismissed":
      return l10n.t("Dismissed");
    case "unread":
      return l10n.t("Gone unread");
  }
}

/** What each fate means, for who wonders. */
export function fateHint(fate: Fate): string {
  switch (fate) {
    case "accepted":
      return l10n.t("taken to the end, by Tab or word by word");
    case "acceptedInPart":
      return l10n.t("some words or lines were taken");
    case "typed":
      return l10n.t("it was right, and you typed it yourself");
    case "dismissed":
      return l10n.t("you typed something else, or went elsewhere");
    case "unread":
      return l10n.t("gone within a quarter of a second; not counted in the share");
  }
}

export function countWords(count: number): string {
  return count.toLocaleString(uiLanguage());
}

/** @param share in [0, 1] */
export function shareWords(share: number | undefined): string {
  return share === undefined ? nothingYet() : `${Math.round(share * 100)} %`;
}

/** Histograms know a duration to a tenth: two digits are all there is to say. */
export function durationWords(ms: number | undefined): string {
  if (ms === undefined) return nothingYet();
  if (ms < 1) return l10n.t("under 1 ms");
  const rounded = Number(ms.toPrecision(2));
  return rounded < 1_000
    ? `${decimals(rounded, Number.isInteger(rounded) ? 0 : 1)} ms`
    : `${decimals(rounded / 1_000, rounded < 10_000 ? 1 : 0)} s`;
}

/** @param day `2026-11-27` @returns "27 Nov", "27. Nov." */
export function dayWords(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString(uiLanguage() === "en" ? "en-GB" : uiLanguage(), {
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  });
}
