import type { SettledOffer } from "../../usage/offer";
import type { LearnedGate } from "./learnedGate";

/** Lets the gate learn from what became of an offer. One that nobody can have read says nothing, nor does one that was asked for by key. */
export function learnFrom(gate: LearnedGate, { offer, fate }: SettledOffer): void {
  if (fate === "unread" || !offer.automatic) return;
  gate.settled(offer.sureness, fate !== "dismissed");
}
