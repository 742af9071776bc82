import assert from "node:assert/strict";
import fc from "fast-check";
import { canvasLines } from "../../../media/trace/canvasLines";
import { confidenceLevel } from "../../../media/trace/confidenceLevel";
import { contextAround } from "../../../media/trace/contextAround";
import { splitPath } from "../../../media/trace/splitPath";
import { stepFacts } from "../../../media/trace/stepFacts";
import { visiblePieces } from "../../../media/trace/visiblePieces";
import { cellWords, percent, stepWords } from "../../../media/trace/words";
import type { CanvasCell, CellState } from "../../../src/backends/infiller";
import { SAMPLE_PREFIX, SAMPLE_SUFFIX, sampleSteps } from "./sampleRecording";

const cell = (text: string, state: CellState = "revealed"): CanvasCell => ({ state, text, confidence: 0.5, alternatives: [] });
const MASKED = cell("", "masked");
const draw = (cells: CanvasCell[], before = "", after = "\n"): string[] =>
  canvasLines({ before, after, firstLine: 1 }, cells).map(({ fragments }) =>
    fragments.map(({ pieces }) => pieces.map((piece) => piece.shown).join("")).join("|"),
  );

describe("visiblePieces", () => {
  it("shows line breaks, tabs and characters that hide or reorder code", () => {
    const shown = (text: string): string[] => visiblePieces(text).map((piece) => piece.shown);
    assert.deepEqual(shown("a\n\tb"), ["a", "⏎", "→", "b"]);
    assert.deepEqual(shown("x\u202Ey\u200B\u0000"), ["x", "\\u{202E}", "y", "\\u{200B}", "\\u{0}"]);
    assert.deepEqual(shown("\uD800é漢🙂"), ["\\u{D800}", "é漢🙂"]);
  });

  it("loses and adds nothing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const pieces = visiblePieces(text);
        assert.equal(pieces.map((piece) => piece.raw).join(""), text);
        assert.doesNotMatch(pieces.map((piece) => piece.shown).join(""), /[\p{Cc}\p{Cf}]/u);
      }),
    );
  });
});

describe("canvasLines", () => {
  it("breaks lines where tokens do, and keeps a token's parts together by its index", () => {
    assert.deepEqual(draw([cell("a;\n\n  b"), cell("()")], "let ", ";\nrest"), ["let |a;⏎", "⏎", "  b|()|;", "rest"]);
    const parts = canvasLines({ before: "", after: "", firstLine: 1 }, [cell("a\nb")]).flatMap((line) => line.fragments);
    assert.deepEqual(
      parts.map(({ cell: index, part }) => [index, part]),
      [
        [0, 0],
        [0, 1],
      ],
    );
  });

  it("draws masks and the end token, which have no text", () => {
    assert.deepEqual(draw([cell("a"), MASKED, cell("", "remasked"), cell("", "tail")], "", ""), ["a|░░░|▒▒▒|∎"]);
  });

  it("shows spaces only where nothing follows them in their line", () => {
    assert.deepEqual(draw([cell("a b"), cell("  "), cell(" \nc"), cell(" d ")]), ["a b|··|·⏎", "c| d·|", ""]);
    assert.deepEqual(draw([cell("a "), MASKED]), ["a |░░░|", ""]);
    assert.deepEqual(draw([cell("a ")], "", ");"), ["a |);"]);
  });

  it("holds all text of the canvas and around it, in order, and as many lines as it has", () => {
    const text = fc.string({ unit: fc.constantFrom("a", " ", "\t", "\n", "<", "é", "\u202E") });
    const anyCell = fc
      .tuple(text, fc.constantFrom<CellState>("revealed", "drafted", "clamped", "tail"))
      .map(([one, state]) => cell(one, state));
    fc.assert(
      fc.property(text, fc.array(fc.oneof(anyCell, fc.constant(MASKED))), text, (before, cells, after) => {
        const lines = canvasLines({ before, after, firstLine: 5 }, cells);
        const whole = before + cells.map((one) => one.text).join("") + after;
        const raw = lines.flatMap((line) => line.fragments.flatMap(({ pieces }) => pieces.map((piece) => piece.raw)));
        assert.equal(raw.join(""), whole);
        assert.equal(lines.length, whole.split("\n").length);
        assert.equal(lines[0]!.number, 5);
        const drawn = new Set(
          lines.flatMap((line) => line.fragments.map((fragment) => fragment.cell)).filter((index) => index !== undefined),
        );
        assert.equal(drawn.size, cells.length);
      }),
    );
  });
});

describe("contextAround", () => {
  it("leaves out what the canvas repeats of the file, so that each step reads as the file will", () => {
    for (const { cells } of sampleSteps()) {
      const { before, after } = contextAround(SAMPLE_PREFIX, SAMPLE_SUFFIX, 7, cells);
      const whole = before + cells.map((one) => one.text).join("") + after;
      assert.equal(whole.match(/const\b/g)?.length, 1);
      assert.equal(whole.match(/\n {2}\}\n\n {2}set\(/g)?.length, 1);
    }
  });

  it("numbers the lines as the file does", () => {
    const [step] = sampleSteps();
    const context = contextAround(SAMPLE_PREFIX, SAMPLE_SUFFIX, 7, step!.cells);
    const lines = canvasLines(context, step!.cells);
    const withHead = lines.find((line) => line.fragments.some((fragment) => fragment.cell === 0));
    assert.equal(withHead?.number, 7);
    assert.equal(context.firstLine, 2);
  });

  it("knows the head again behind which typed characters are clamped, and one whose tokens cut a character", () => {
    assert.equal(contextAround("x\nfoo", "", 2, [cell("foo", "clamped"), cell("bar", "clamped")]).before, "x\n");
    assert.equal(contextAround("x\n🙂", "", 2, [cell("\uFFFD", "clamped"), cell("\uFFFD", "clamped")]).before, "x\n");
  });

  it("keeps the whole line where the canvas holds no head", () => {
    assert.equal(contextAround("x\nfoo", ")", 2, [MASKED]).before, "x\nfoo");
  });
});

describe("stepFacts", () => {
  it("counts each kind of cell, and what is new since the step before", () => {
    const before = { pass: 1, atMs: 40, cells: [cell("a"), cell("b", "drafted"), MASKED] };
    const now = { pass: 2, atMs: 70, cells: [cell("a"), cell("b"), cell("", "remasked"), MASKED, cell("x", "clamped"), cell(")", "tail")] };
    assert.deepEqual(stepFacts(now, before), { masked: 2, drafted: 0, revealed: 3, newlyRevealed: 2, remasked: 1, tookMs: 30 });
    assert.equal(stepFacts(before, undefined).tookMs, 40);
  });
});

describe("confidenceLevel", () => {
  it("begins a level at its least probability", () => {
    assert.deepEqual([0, 0.29, 0.3, 0.5, 0.7, 0.899, 0.9, 1].map(confidenceLevel), [0, 0, 1, 2, 3, 3, 4, 4]);
  });

  it("counts what is no probability as a guess", () => {
    assert.deepEqual([-1, Number.NaN].map(confidenceLevel), [0, 0]);
  });
});

describe("words", () => {
  it("call only certainty 100 %", () => {
    assert.deepEqual([0, 0.426, 0.999, 1].map(percent), ["0 %", "43 %", "99 %", "100 %"]);
  });

  it("tell a screen reader a cell's text, state, probability and alternatives", () => {
    const words = cellWords({ state: "drafted", text: ";\n", confidence: 0.8, alternatives: [{ text: "\t", confidence: 0.2 }] });
    assert.equal(words, "; line break, drafted, not verified, 80 %, likeliest: tab 20 %");
    assert.equal(cellWords(MASKED), "masked");
    assert.equal(cellWords(cell("  ", "clamped")), "2 spaces, given, never changes");
  });

  it("tell what a pass did", () => {
    const facts = { masked: 4, drafted: 2, revealed: 9, newlyRevealed: 3, remasked: 1, tookMs: 30 };
    assert.equal(stepWords(2, 8, facts), "pass 2 of 8, 3 new, 9 revealed, 4 masked, 2 drafted, 1 masked again");
  });
});

describe("splitPath", () => {
  it("parts folder and name, by either separator, and a bare name has no folder", () => {
    assert.deepEqual(splitPath("src/cache/lru.ts"), { folder: "src/cache/", name: "lru.ts" });
    assert.deepEqual(splitPath("src\\lru.ts"), { folder: "src\\", name: "lru.ts" });
    assert.deepEqual(splitPath("lru.ts"), { folder: "", name: "lru.ts" });
  });
});
