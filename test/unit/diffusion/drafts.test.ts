import assert from "node:assert/strict";
import fc from "fast-check";
import { BETWEEN, DenoiseMemory } from "../../../src/diffusion/denoiseMemory";
import { lookUpDrafts } from "../../../src/diffusion/lookUpDrafts";
import { Acceptance } from "../../../src/diffusion/samplers/acceptance";
import { draftLength, expectedRight } from "../../../src/diffusion/samplers/draftLength";
import { tinyTokenizer } from "./tinyTokenizer";

const bytesOf = (token: number) => tinyTokenizer.bytesOf(token);
const encode = (text: string) => tinyTokenizer.encode(text);
const bytes = (text: string) => new TextEncoder().encode(text);
const read = (tokens: readonly number[]) => Buffer.concat(tokens.map(bytesOf)).toString();
const nothing = new Uint8Array();

/** What is looked up for a place, as text. */
function lookedUp(before: string, rest = "", suffix = "", memory = new DenoiseMemory()): string | undefined {
  const draft = lookUpDrafts(memory, encode(suffix), bytesOf).propose({ tokens: encode(before), rest: bytes(rest) });
  return draft && read(draft.tokens);
}

describe("a look-up for drafts", () => {
  it("goes on as the text did after the same tokens, where most of them are the same", () => {
    assert.equal(lookedUp("foo(a, b); x = foo(")?.startsWith("a, b)"), true);
    assert.equal(lookedUp("x(1); foo(12); foo(")?.startsWith("12)"), true);
    assert.equal(lookedUp("a b c"), undefined);
  });

  it("takes the last of several places that are as good", () => {
    assert.equal(lookedUp("(1) (12) (")?.startsWith("12"), true);
  });

  it("finds text after the region, and in earlier answers, also of another file", () => {
    assert.equal(lookedUp("x = bar(", "", "abc = bar(foo);")?.startsWith("foo)"), true);
    const memory = new DenoiseMemory();
    memory.remember(encode("abc = 1;"), encode("bar(éa);"));
    assert.equal(lookedUp("bar(", "", "", memory)?.startsWith("éa)"), true);
    memory.remember(encode("foo + bar"), []);
    memory.remember(encode("return"), []);
    assert.equal(lookedUp("foo", "", "", memory), " + bar");
  });

  it("while the head is healed offers what spells it, also over several tokens and where nothing before is the same", () => {
    assert.equal(lookedUp("return x; ", "ret")?.startsWith("return x;"), true);
    assert.equal(lookedUp("return x; ", "bar"), undefined);
    assert.equal(lookedUp("foo(12, abc) ", "12, ab")?.startsWith("12, abc)"), true);
  });

  it("offers only text that stands somewhere behind the very tokens before, and that spells the rest (1,000 random texts)", () => {
    const text = fc.string({ unit: fc.constantFrom("foo", "bar", "(", ")", " ", "x", "=", "1", "12", "\n", "é"), maxLength: 40 });
    fc.assert(
      fc.property(text, text, text, fc.nat(3), (before, suffix, more, restChars) => {
        const memory = new DenoiseMemory();
        memory.remember(encode(more), encode(before));
        const rest = (suffix + more).slice(0, restChars);
        const tokens = encode(before);
        const draft = lookUpDrafts(memory, encode(suffix), bytesOf).propose({ tokens, rest: bytes(rest) });
        if (draft === undefined) return;
        const texts = [...memory.tokens, BETWEEN, ...encode(suffix), BETWEEN, ...tokens];
        const places = [...texts.keys()].filter((at) => draft.tokens.every((token, i) => texts[at + i] === token));
        assert.ok(places.length > 0);
        if (rest === "")
          assert.ok(
            places.some((at) => texts[at - 1] === tokens.at(-1)),
            "the token before is another",
          );
        const spelt = Buffer.concat(draft.tokens.map(bytesOf));
        assert.ok(
          (spelt.length >= bytes(rest).length && spelt.subarray(0, bytes(rest).length).equals(bytes(rest))) || draft.tokens.length === 12,
        );
        assert.ok(draft.acceptance > 0 && draft.acceptance < 1);
      }),
      { numRuns: 1000 },
    );
  });

  it("learns how often it is right, apart by how much was the same before", () => {
    const memory = new DenoiseMemory();
    const source = lookUpDrafts(memory, [], bytesOf);
    const place = { tokens: encode("(1) ("), rest: nothing };
    const first = source.propose(place)!.acceptance;
    for (let i = 0; i < 50; i++) source.judge(source.propose(place)!, 3, 0);
    assert.ok(source.propose(place)!.acceptance < first / 2);
    const longer = { tokens: encode("a b c (1) a b c ("), rest: nothing };
    assert.ok(source.propose(longer)!.acceptance >= 0.7);
  });

  it("keeps a bounded memory", () => {
    const memory = new DenoiseMemory();
    for (let i = 0; i < 500; i++) memory.remember(encode(`x = ${i};`), encode("foo(bar, 12);".repeat(20)));
    assert.ok(memory.tokens.length <= 8_192 && memory.tokens.length > 2_000);
  });
});

describe("the worth of a draft", () => {
  it("rises and falls with what was right, and never reaches 0 or 1", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 0.9, noNaN: true }), fc.array(fc.tuple(fc.nat(8), fc.nat(8))), (first, verdicts) => {
        const acceptance = new Acceptance(first);
        for (const [offered, right] of verdicts) {
          const before = acceptance.rate;
          acceptance.note(offered, Math.min(offered, right));
          assert.ok(acceptance.rate > 0 && acceptance.rate < 1);
          if (offered > 0 && right >= offered) assert.ok(acceptance.rate >= before);
        }
      }),
    );
  });

  it("is longer the surer it is", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 0.98, noNaN: true }),
        fc.double({ min: 0.01, max: 0.98, noNaN: true }),
        fc.nat(12),
        (a, b, most) => {
          const [low, high] = [Math.min(a, b), Math.max(a, b)];
          assert.ok(draftLength(low, most) <= draftLength(high, most) && draftLength(high, most) <= most);
          assert.ok(expectedRight(low, most) <= expectedRight(high, most) + 1e-12 && expectedRight(high, most) <= most);
        },
      ),
    );
    assert.equal(draftLength(0.05, 12), 0);
    assert.equal(draftLength(0.9, 12), 12);
  });
});
