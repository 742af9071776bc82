import type { Offer } from "../../../src/usage/offer";

/** An offer, with what a test wants otherwise. */
export function offerOf(more: Partial<Offer> = {}): Offer {
  return {
    ...{ documentKey: "file:///a.ts", languageId: "typescript", line: 3, character: 8, text: "return 1;" },
    ...{ replaceAfter: 0, widgetChars: 0, source: "engine", latencyMs: 80, sureness: 0.9, automatic: true },
    ...more,
  };
}
