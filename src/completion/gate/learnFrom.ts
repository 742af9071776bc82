import type { SettledOffer } from "../../usage/offer";
import type { LearnedGate } from "./learnedGate";

/**
 * Lets the gate learn from what became of an offer. One that nobody can have read says nothing, nor does one that was asked for by key. Where an alternative
 * was accepted, the first was wrong and yet of use: that says neither.
 */
export function learnFrom(gate: LearnedGate, { offer, fate, isAlternative }: SettledOffer): void {
  if (fate === "unread" || !offer.automatic || isAlternative) return;
  gate.settled(offer.sureness, fate !== "dismissed");
}
