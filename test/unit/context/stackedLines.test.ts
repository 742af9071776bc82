import assert from "node:assert/strict";
import fc from "fast-check";
import { CONTEXT_BUDGET, readContext, type LineSource } from "../../../src/context/readContext";
import { stackedLines } from "../../../src/context/stackedLines";

function source(text: string): LineSource {
  const lines = text.split("\n");
  return { lineCount: lines.length, lineText: (line) => lines[line]! };
}

describe("stacked lines", () => {
  it("are those of all sources, with a blank line between two", () => {
    const texts = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "\n"), maxLength: 12 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(texts, (cells) => {
        const stacked = stackedLines(cells.map(source));
        const lines = Array.from({ length: stacked.lineCount }, (_, line) => stacked.lineText(line));
        assert.equal(lines.join("\n"), cells.join("\n\n"));
        assert.equal(lines.slice(stacked.lastStart).join("\n"), cells.at(-1));
      }),
    );
  });

  it("put a notebook's cells before the cursor's own, the nearest last, and nothing behind it but the cell's rest", () => {
    const cells = ["import os", "def one():\n    pass", "x = one(\ny = 2"];
    const stacked = stackedLines(cells.map(source));
    assert.deepEqual(readContext(stacked, { line: stacked.lastStart, character: 8 }), {
      before: "import os\n\ndef one():\n    pass\n\nx = one(",
      after: "\ny = 2",
    });
  });

  it("read only what the budget asks for, and keep the window's head while one types", () => {
    let reads = 0;
    const long: LineSource = { lineCount: 10_000, lineText: (line) => (reads++, `line ${line} of a long cell`) };
    const typed = (text: string) => readContextAtEnd([long, source("y = 1"), source(text)]);
    const heads = new Set<string>();
    for (let length = 1; length <= 20; length++) {
      const before = typed("z".repeat(length));
      assert.ok(before.length <= CONTEXT_BUDGET.beforeChars && before.length > 5_000);
      heads.add(before.slice(0, 200));
    }
    assert.equal(heads.size, 1);
    assert.ok(reads < 20 * 1_000, `${reads} reads`);
  });
});

function readContextAtEnd(sources: readonly LineSource[]): string {
  const stacked = stackedLines(sources);
  const line = stacked.lineCount - 1;
  return readContext(stacked, { line, character: stacked.lineText(line).length }).before;
}
