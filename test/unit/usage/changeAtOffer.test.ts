import assert from "node:assert/strict";
import fc from "fast-check";
import type { Place } from "../../../src/region/placeAfter";
import { changeAtOffer, type DocumentChange, type OpenText } from "../../../src/usage/changeAtOffer";

const open: OpenText = { place: { line: 3, character: 8 }, rest: "foo(a)", replaceAfter: 0, widgetChars: 0 };
const change = (from: readonly [number, number], to: readonly [number, number], text: string): DocumentChange => ({
  start: { line: from[0], character: from[1] },
  end: { line: to[0], character: to[1] },
  text,
});
const at = (text: string, removed = 0): DocumentChange => change([3, 8], [3, 8 + removed], text);

/** The text of a document after a change. */
function applied(text: string, { start, end, text: written }: DocumentChange): string {
  const offset = ({ line, character }: Place): number =>
    text
      .split("\n")
      .slice(0, line)
      .reduce((sum, each) => sum + each.length + 1, character);
  return text.slice(0, offset(start)) + written + text.slice(offset(end));
}

describe("changeAtOffer", () => {
  it("says what a head adds to, and takes from, what is to be replaced after the cursor", () => {
    const place = { line: 3, character: 9 };
    const written = { kind: "written", by: "typing", chars: 1, place } as const;
    const bracket = { ...open, rest: "(a)" };
    assert.deepEqual(changeAtOffer(bracket, at("()")), { ...written, closers: 1 });
    assert.deepEqual(changeAtOffer({ ...open, rest: ");", replaceAfter: 1 }, at(")", 1)), { ...written, closers: -1 });
    assert.deepEqual(changeAtOffer(open, at("f")), { ...written, closers: 0 });
  });

  it("takes a word before the cursor that is written anew for the suggest widget's, not for an accept", () => {
    const effect = changeAtOffer(open, change([3, 6], [3, 8], "xxfoo"));
    assert.deepEqual(effect, { kind: "written", by: "typing", chars: 3, place: { line: 3, character: 11 }, closers: 0 });
  });

  for (const [title, what] of [
    ["what the offer does not replace goes with it", at("foo", 1)],
    ["a line before goes too", change([2, 8], [3, 8], "foo")],
    ["the line behind goes too", change([3, 8], [4, 8], "foo")],
    ["nothing comes in", change([3, 7], [3, 8], "")],
    ["something else comes in", at("fob")],
    ["more comes in than was offered", at("foo(a);")],
    ["other brackets come in", at("[]")],
  ] as const) {
    it(`is another text where ${title}`, () => assert.deepEqual(changeAtOffer(open, what), { kind: "diverged" }));
  }

  it("counts lines where a head has some", () => {
    const lines = { ...open, rest: "{\n    a;\n  }\nb" };
    const effect = changeAtOffer(lines, at("{\n    a;"));
    assert.deepEqual(effect, { kind: "written", by: "accepting", chars: 8, place: { line: 4, character: 6 }, closers: 0 });
  });

  it("finds its place again after any change before it", () => {
    const words = fc.stringMatching(/^[ab\n]{0,12}$/);
    const pick = fc.tuple(fc.nat(), fc.nat());
    fc.assert(
      fc.property(words, words, pick, words, (before, after, [one, two], text) => {
        const placeOf = (offset: number): Place => {
          const lines = before.slice(0, offset).split("\n");
          return { line: lines.length - 1, character: lines.at(-1)!.length };
        };
        const place = placeOf(before.length);
        const [start, end] = [one % (before.length + 1), two % (before.length + 1)].sort((a, b) => a - b).map(placeOf) as [Place, Place];
        const what = { start, end, text };
        const effect = changeAtOffer({ ...open, place }, what);
        if (effect.kind !== "elsewhere") return;
        // `@` stands where the offer does.
        const lines = applied(`${before}@${after}`, what).split("\n");
        assert.equal(lines[effect.place.line]?.[effect.place.character], "@");
      }),
      { numRuns: 2_000 },
    );
  });
});
