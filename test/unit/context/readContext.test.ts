import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { CONTEXT_BUDGET, readContext, type LineSource } from "../../../src/context/readContext";

function source(text: string): LineSource {
  const lines = text.split("\n");
  return { lineCount: lines.length, lineText: (line) => lines[line]! };
}

describe("readContext", () => {
  it("reads all of a small file around the cursor", () => {
    assert.deepEqual(readContext(source("a\nbc\nd"), { line: 1, character: 1 }), { before: "a\nb", after: "c\nd" });
  });
  it("reads nothing of an empty file", () => {
    assert.deepEqual(readContext(source(""), { line: 0, character: 0 }), { before: "", after: "" });
  });
  it("leaves a selected range out", () => {
    assert.deepEqual(readContext(source("ab\ncd"), { line: 0, character: 1 }, { line: 1, character: 1 }), { before: "a", after: "d" });
  });
  it("drops a byte order mark at the file's start, nowhere else", () => {
    assert.equal(readContext(source("\uFEFFa"), { line: 0, character: 2 }).before, "a");
    assert.equal(readContext(source("x\n\uFEFFa"), { line: 1, character: 2 }).before, "x\n\uFEFFa");
    assert.equal(readContext(source("\uFEFFa"), { line: 0, character: 0 }).after, "a");
  });
  it("writes U+FFFD for lone surrogates and keeps whole ones", () => {
    const text = "\uD83D\uDE00 \uD83D x\uDE00";
    assert.equal(readContext(source(text), { line: 0, character: text.length }).before, "\uD83D\uDE00 \uFFFD x\uFFFD");
  });
  it("touches only the lines near the cursor of a long file", () => {
    let reads = 0;
    const long: LineSource = { lineCount: 500_000, lineText: (line) => (reads++, `line ${line} of a file of 20 MB, more or less`) };
    const { before, after } = readContext(long, { line: 250_000, character: 4 });
    assert.ok(reads < 1_000, `${reads} reads`);
    assert.ok(before.length <= CONTEXT_BUDGET.beforeChars && before.length > 5_000);
    assert.equal(after.length, CONTEXT_BUDGET.afterChars);
  });
  it("cuts a minified line of 1 MB", () => {
    const { before, after } = readContext(source("x".repeat(1_000_000)), { line: 0, character: 500_000 });
    assert.ok(before.length <= CONTEXT_BUDGET.beforeChars && before.length > 4_000);
    assert.equal(after.length, CONTEXT_BUDGET.afterChars);
  });
  it("does not keep a line of 1 MB alive by the part of it that was read", () => {
    setFlagsFromString("--expose-gc");
    const collectGarbage = runInNewContext("gc") as () => void;
    const heapBytes = (): number => {
      collectGarbage();
      return process.memoryUsage().heapUsed;
    };
    const before = heapBytes();
    // Each a line of its own, as after an edit.
    const kept = Array.from({ length: 30 }, (_, edit) => readContext(source(`${edit} `.repeat(400_000)), { line: 0, character: 500_000 }));
    const grownBytes = heapBytes() - before;
    assert.ok(grownBytes < 10_000_000, `${kept.length} contexts hold ${Math.round(grownBytes / 1e6)} MB`);
  });
  it("keeps the window's head while one types, in long files and long lines", () => {
    const manyLines = "some line of code\n".repeat(2_000);
    for (const text of [`${manyLines}x`, "y".repeat(100_000)]) {
      const lines = text.split("\n");
      const at = { line: lines.length - 1, character: lines.at(-1)!.length };
      let kept = 0;
      for (let typed = 1; typed <= 20; typed++) {
        const longer = source(text + "z".repeat(typed));
        const earlier = readContext(longer, { ...at, character: at.character + typed - 1 }).before;
        const now = readContext(longer, { ...at, character: at.character + typed }).before;
        if (now.startsWith(earlier)) kept++;
      }
      assert.ok(kept >= 19, `${kept} of 20`);
    }
  });
  it("never splits or loses text next to the cursor, whatever the document (1,000 random ones)", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "\n", "\t", "\uD83D\uDE00", "\uD800", "\uDC00", "\uFEFF", " "), maxLength: 80 });
    fc.assert(
      fc.property(text, fc.nat(), fc.integer({ min: 1, max: 40 }), (document, place, budget) => {
        const lines = document.split("\n");
        const line = place % lines.length;
        const character = place % (lines[line]!.length + 1);
        const { before, after } = readContext(source(document), { line, character }, undefined, {
          beforeChars: budget,
          afterChars: budget,
        });
        assert.ok(before.length <= budget && after.length <= budget);
        assert.ok([before, after].every((s) => Buffer.from(s, "utf8").toString("utf8") === s));
        const offset = lines.slice(0, line).join("\n").length + (line > 0 ? 1 : 0) + character;
        const plain = (s: string): string => s.replace(/[\uD800-\uDFFF\uFFFD]/g, "?");
        assert.ok(plain(document.slice(0, offset)).endsWith(plain(before)));
        assert.ok(
          plain(document.slice(offset))
            .replace(/^\uFEFF+/, "")
            .startsWith(plain(after).replace(/^\uFEFF+/, "")),
        );
      }),
      { numRuns: 1_000 },
    );
  });
});
