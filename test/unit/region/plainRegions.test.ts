import assert from "node:assert/strict";
import fc from "fast-check";
import { plainRegions } from "../../../src/region/plainRegions";
import { drawn } from "../completion/drawn";

function around(text: string): string[] {
  const { before, after } = drawn(text);
  const whole = before + after;
  return plainRegions(whole, before.length).map(({ kind, start, end }) => `${kind}: ${whole.slice(start, end)}`);
}

describe("plainRegions", () => {
  it("gives the line, and the lines as deep as it", () => {
    assert.deepEqual(around("if a\n  b│\n\n    c\n  d\ne\n"), ["line: b", "block: b\n\n    c\n  d"]);
    assert.deepEqual(around("a\n\tb│\nc"), ["line: b"]);
  });
  it("takes all lines for the block of one that is not indented", () => {
    assert.deepEqual(around("a\n  b\n│c\n"), ["line: c", "block: a\n  b\nc"]);
  });
  it("gives a blank line an empty range at the place, and the block of the line above", () => {
    assert.deepEqual(around("a\n  b\n  │\n  c\nd"), ["line: ", "block: b\n  \n  c"]);
    assert.deepEqual(around("│"), ["line: "]);
  });
  it("leaves the line ends of Windows out", () => assert.deepEqual(around("a\r\n  b│\r\nc\r\n"), ["line: b"]));
  it("gives trimmed ranges within any text, the line's within the block's", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(" ", "  ", "\t", "\n", "a", "b c")), fc.nat(), (parts, at) => {
        const text = parts.join("");
        const regions = plainRegions(text, at % (text.length + 1));
        for (const { start, end } of regions) {
          assert.ok(0 <= start && start <= end && end <= text.length);
          assert.equal(text.slice(start, end), text.slice(start, end).trim());
        }
        const [line, block] = regions;
        assert.equal(line!.kind, "line");
        assert.ok(!text.slice(line!.start, line!.end).includes("\n"));
        if (block !== undefined && line!.start !== line!.end) assert.ok(block.start <= line!.start && line!.end <= block.end);
      }),
    );
  });
});
