import assert from "node:assert/strict";
import fc from "fast-check";
import { cutTail } from "../../../src/diffusion/cutTail";
import { holdBackTail } from "../../../src/diffusion/holdBackTail";
import { stopsAtSuffix } from "../../../src/diffusion/stopsAtSuffix";
import { wholeCharacters } from "../../../src/diffusion/wholeCharacters";

describe("cutTail", function () {
  this.timeout(180_000);
  const cases: [written: string, tail: string, text: string, fits: boolean][] = [
    ["foo\n", "", "foo", true],
    ["foo\n\n", "", "foo\n", true],
    ["f(a));\n", ");", "f(a)", true],
    ["f(a));  \n", ");", "f(a)", true],
    ["a) b) c", ")", "a) b", false],
    ["foo\n", ")", "foo", false],
    ["", ")", "", false],
  ];
  for (const [written, tail, text, fits] of cases) {
    it(`of ${JSON.stringify(written)} before ${JSON.stringify(tail)} leaves ${JSON.stringify(text)}`, () =>
      assert.deepEqual(cutTail(written, tail), { text, fits }));
  }
});

describe("holdBackTail", function () {
  this.timeout(180_000);
  const cases: [written: string, tail: string, after: string, text: string, fits: boolean][] = [
    ["foo", ");", "bar", "foo", false],
    ["foo)", ");", "bar", "foo", false],
    ["foo);", ");", "bar", "foo", true],
    ["foo);\nba", ");", "bar", "foo", true],
    ["foo\nba", "", "bar", "foo", true],
    ["foo\nx", "", "bar", "foo\nx", true],
    ["foo\n", ")", "", "foo", false],
  ];
  for (const [written, tail, after, text, fits] of cases) {
    it(`of ${JSON.stringify(written)} before ${JSON.stringify(tail)} leaves ${JSON.stringify(text)}`, () =>
      assert.deepEqual(holdBackTail(written, tail, after), { text, fits }));
  }

  it("leaves a head of what the finished answer will be, unless it holds the tail already", () => {
    const text = fc.array(fc.constantFrom("a", ")", "\n", ";"), { maxLength: 10 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, text, fc.constantFrom("", ")", ");"), (written, more, tail) => {
        const held = holdBackTail(written, tail, "").text;
        if (tail === "" || !held.includes(tail)) assert.ok(cutTail(written + more, tail).text.startsWith(held));
      }),
      { numRuns: 2000 },
    );
  });
});

describe("stopsAtSuffix", function () {
  this.timeout(180_000);
  it("finds where the file's bytes first stand whole, and nothing where no file follows", () => {
    const bytes = [...Buffer.from("foo);\nbar);\nbar")];
    assert.equal(stopsAtSuffix(bytes, Buffer.from(");\nbar")), 3);
    assert.equal(stopsAtSuffix(bytes, Buffer.from(");\nbaz")), -1);
    assert.equal(stopsAtSuffix(bytes, Buffer.from("")), -1);
    assert.equal(stopsAtSuffix([], Buffer.from("x")), -1);
  });
});

describe("wholeCharacters", function () {
  this.timeout(180_000);
  it("is the longest head that a strict decoder takes", () => {
    const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    const decode = (bytes: Uint8Array): string | undefined => {
      try {
        return strict.decode(bytes);
      } catch {
        return undefined;
      }
    };
    const piece = fc.oneof(fc.constantFrom("é", "😀", "a", "\uFEFF", "\uD7FF", "\uFFFD").map((c) => [...Buffer.from(c)]), fc.uint8Array({ maxLength: 2 }).map((b) => [...b]), fc.constantFrom([0xed, 0xa0, 0x80], [0xf0, 0x8f], [0xc0, 0xaf], [0xf4, 0x90])); // prettier-ignore
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }).map((pieces) => Uint8Array.from(pieces.flat())), (bytes) => {
        let end = bytes.length;
        while (decode(bytes.subarray(0, end)) === undefined) end--;
        assert.deepEqual(wholeCharacters(bytes), { text: decode(bytes.subarray(0, end)), bytes: end });
      }),
      { numRuns: 3000 },
    ); // prettier-ignore
  });
});
