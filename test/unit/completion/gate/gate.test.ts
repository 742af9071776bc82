import assert from "node:assert/strict";
import fc from "fast-check";
import { gate } from "../../../../src/completion/gate/gate";
import { sureTokens } from "../../../../src/completion/gate/sureToken";

const token = fc.record({
  text: fc.constantFrom(" ", "foo", "(", "bar", ", ", ")", ";", "\n", "    ", "é", "_x", "1"),
  confidence: fc.double({ min: 0, max: 1, noNaN: true }),
});
const answer = fc.array(token, { minLength: 1, maxLength: 12 }).map((tokens) => ({
  text: tokens.map(({ text }) => text).join(""),
  tokens,
}));

const at = (tokens: [string, number][], least: number, { typed = 0, shown = 0 } = {}) => {
  const text = tokens.map(([own]) => own).join("");
  const sure = sureTokens(
    tokens.map(([own, confidence]) => ({ text: own, confidence })),
    text,
  );
  return gate({ text, tokens: sure, typedChars: typed, shownChars: shown }, least);
};

describe("gate", () => {
  it("lets an answer through that is sure as a whole", () => {
    assert.deepEqual(at([["foo", 0.9], ["()", 0.9]], 0.8)?.text, "foo()"); // prettier-ignore
    assert.ok(Math.abs(at([["foo", 0.9], ["()", 0.9]], 0.8)!.sureness - 0.81) < 1e-9); // prettier-ignore
  });
  it("cuts at the first uncertain token, between words, without blanks at the end", () => {
    assert.equal(at([["return", 0.95], [" ", 0.95], ["foo", 0.3], [";", 0.9]], 0.5)?.text, "return"); // prettier-ignore
    assert.equal(at([["self.", 0.95], ["get", 0.95], ["_user", 0.3]], 0.5)?.text, "self."); // prettier-ignore
  });
  it("shows nothing where no head is sure, or only one too short to be read", () => {
    assert.equal(at([["foo", 0.3]], 0.5), undefined);
    assert.equal(at([["a", 0.99], [" =", 0.1]], 0.5), undefined); // prettier-ignore
    assert.equal(at([[";", 0.99]], 0.5)?.text, ";");
  });
  it("takes the typed head as certain, and does not take back what was shown", () => {
    assert.equal(at([["foo", 0.3], ["(bar)", 0.9]], 0.5, { typed: 3 })?.text, "(bar)"); // prettier-ignore
    assert.equal(at([["foo", 0.6], [" bar", 0.6], [" x", 0.9]], 0.5, { shown: 7 })?.text, "foo bar"); // prettier-ignore
  });
  it("says how much comes before the first uncertain token", () => {
    assert.equal(at([["foo", 0.95], ["(", 0.95], ["bar", 0.7], [")", 0.99]], 0.5)?.certainChars, 4); // prettier-ignore
    assert.equal(at([["foo", 0.95], ["(", 0.95]], 0.5)?.certainChars, 4); // prettier-ignore
  });
  it("believes what no token spells", () => {
    assert.equal(gate({ text: "foo", tokens: [], typedChars: 0, shownChars: 0 }, 0.9)?.text, "foo");
  });

  it("lets a head of the rest through, the longer the lower the threshold, and all of it at 0 (2,000 random answers)", () => {
    fc.assert(
      fc.property(
        answer,
        fc.nat(20),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (made, typed, x, y) => {
          const { text, tokens } = made;
          const typedChars = Math.min(typed, text.length - 1);
          const of = (least: number) => gate({ text, tokens: sureTokens(tokens, text), typedChars, shownChars: 0 }, least);
          const [low, high] = [of(Math.min(x, y)), of(Math.max(x, y))];
          const rest = text.slice(typedChars);
          for (const gated of [low, high]) {
            if (gated === undefined) continue;
            assert.ok(rest.startsWith(gated.text) && gated.text.trim() !== "");
            assert.ok(gated.sureness >= 0 && gated.sureness <= 1);
            assert.ok(gated.certainChars >= 0 && gated.certainChars <= gated.text.length);
          }
          assert.ok((low?.text.length ?? 0) >= (high?.text.length ?? 0));
          if (high !== undefined) assert.ok(high.sureness >= Math.max(x, y));
          if (rest.trim() !== "") assert.equal(of(0)?.text, rest);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe("sureTokens", () => {
  it("says where each token ends, and stops where the text was cut", () => {
    const tokens = [{ text: "foo", confidence: 0.9 }, { text: "(bar", confidence: 0.8 }, { text: ")", confidence: 0.7 }]; // prettier-ignore
    assert.deepEqual(sureTokens(tokens, "foo(b"), [{ end: 3, confidence: 0.9 }, { end: 5, confidence: 0.8 }]); // prettier-ignore
  });
  it("tells of no token that the text does not hold", () => {
    assert.deepEqual(sureTokens([{ text: "foo", confidence: 0.9 }], "bar"), []);
  });
});
