import assert from "node:assert/strict";
import { learnFrom } from "../../../../src/completion/gate/learnFrom";
import { LearnedGate } from "../../../../src/completion/gate/learnedGate";
import type { Fate, SettledOffer } from "../../../../src/usage/offer";
import { offerOf } from "../../usage/offerOf";

/** By how much the least sureness goes up after an offer that was sure by 0.7. */
function learned(fate: Fate, more: Partial<SettledOffer> = {}): number {
  const gate = new LearnedGate({ read: () => undefined, write: () => undefined });
  const before = gate.leastSureness;
  const offer = offerOf({ sureness: 0.7 });
  learnFrom(gate, { ...{ offer, fate, acceptedChars: 0, typedChars: 0, shownMs: 900, isAlternative: false }, ...more });
  return gate.leastSureness - before;
}

describe("learnFrom", () => {
  it("shows more after what was taken or typed, and less after what was dismissed", () => {
    for (const fate of ["accepted", "acceptedInPart", "typed"] as const) assert.ok(learned(fate) < 0, fate);
    assert.ok(learned("dismissed") > 0);
  });

  it("learns nothing from what nobody can have read, was asked for by key, or was taken in other words", () => {
    assert.equal(learned("unread"), 0);
    assert.equal(learned("accepted", { offer: offerOf({ automatic: false }) }), 0);
    assert.equal(learned("accepted", { isAlternative: true }), 0);
  });
});
