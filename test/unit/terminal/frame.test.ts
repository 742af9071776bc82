import assert from "node:assert/strict";
import type { CanvasCell } from "../../../src/backends/infiller";
import { frame, type FrameStyle } from "../../../src/terminal/frame";
import type { Hole } from "../../../src/terminal/hole";

const PLAIN: FrameStyle = { colour: false, linesAbove: 2, linesBelow: 1, mostLines: 20 };
const HOLE: Hole = { prefix: "one\ntwo\nthree\n  ret", leftOut: "", suffix: ");\nafter\nlast", region: "line" };
const cell = (state: CanvasCell["state"], text = "", confidence = 0.5): CanvasCell => ({ state, text, confidence, alternatives: [] });

describe("a frame of the terminal", () => {
  it("draws masks and tokens in their place, and neither head nor tail twice", () => {
    const cells = [
      cell("clamped", "  ret"),
      cell("revealed", "urn"),
      cell("drafted", " f("),
      cell("masked"),
      cell("remasked"),
      cell("tail", ");\n"),
    ];
    assert.deepEqual(frame(HOLE, cells, PLAIN), ["    2 │ two", "    3 │ three", "    4 │   return f(░░░░);", "    5 │ after"]);
  });

  it("counts on over the lines of the region", () => {
    assert.deepEqual(frame(HOLE, [cell("revealed", "urn (\n    7\n  ")], PLAIN).slice(2), [
      "    4 │   return (",
      "    5 │     7",
      "    6 │   );",
      "    7 │ after",
    ]);
  });

  it("colours by confidence, and no colour runs over a line's end", () => {
    const lines = frame(HOLE, [cell("revealed", "a\nb", 0.95), cell("revealed", "c", 0.1)], { ...PLAIN, colour: true });
    for (const line of lines) assert.ok(line.endsWith("\x1b[0m"), JSON.stringify(line));
    const [sure, unsure] = ["\x1b[48;5;236m\x1b[38;5;114mb\x1b[0m", "\x1b[48;5;236m\x1b[38;5;203mc\x1b[0m"];
    assert.ok(lines[3]!.includes(sure + unsure), JSON.stringify(lines[3]));
  });

  it("lets no control character of the file reach the terminal", () => {
    const hole = { ...HOLE, prefix: "\x1b[2Jx\ty\u009b", suffix: "" };
    assert.deepEqual(frame(hole, [cell("revealed", "\x07")], PLAIN), ["    1 │ ␛[2Jx    y␡␇"]);
  });

  it("leaves out the middle where the terminal is too low", () => {
    const lines = frame(HOLE, [cell("revealed", "\n".repeat(30))], { ...PLAIN, mostLines: 5 });
    assert.equal(lines.length, 5);
    assert.equal(lines[2], "      ⋮ 30 lines");
  });
});
