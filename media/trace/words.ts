/** The page's words for what the engine's types say; one place, so that the list, the header and the screen reader agree. */
import type { CanvasCell, CellState, InfillEnd, RegionKind } from "../../src/backends/infiller";
import type { OutcomeHead } from "../../src/trace/traceProtocol";
import type { StepFacts } from "./stepFacts";
import { visiblePieces } from "./visiblePieces";

export const STATE_WORDS: Record<CellState, string> = {
  masked: "masked",
  drafted: "drafted, not verified",
  revealed: "revealed",
  clamped: "given, never changes",
  remasked: "masked again",
  tail: "tail, cut off from the answer",
};

const END_WORDS: Record<InfillEnd, string> = {
  end: "model wrote its end",
  suffix: "met the suffix",
  line: "line ended",
  length: "length limit",
  deadline: "out of time",
  aborted: "superseded",
};

export const REGION_WORDS: Record<RegionKind, string> = { line: "rest of line", lines: "several lines", span: "selection" };

export function outcomeWords(outcome: OutcomeHead): string {
  switch (outcome.kind) {
    case "running":
      return "running";
    case "failed":
      return "failed";
    case "finished":
      return END_WORDS[outcome.ended];
  }
}

export function percent(probability: number): string {
  // 99.7 % is not certain: only what is certain reads 100.
  return `${probability >= 1 ? 100 : Math.min(99, Math.round(probability * 100))} %`;
}

export function milliseconds(ms: number): string {
  return ms < 10 ? `${ms.toFixed(1)} ms` : ms < 10_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

/** A token's text on one line, with signs for what can't be seen. */
export function tokenWords(text: string): string {
  if (text === "") return "end of answer";
  return visiblePieces(text)
    .map((piece) => (piece.kind === "text" ? piece.shown.replaceAll(" ", "·") : piece.shown))
    .join("");
}

/** What a screen reader says of a cell. */
export function cellWords(cell: CanvasCell): string {
  const isMasked = cell.state === "masked" || cell.state === "remasked";
  const isMeasured = !isMasked && cell.state !== "clamped";
  return [
    ...(isMasked ? [] : [spoken(cell.text)]),
    STATE_WORDS[cell.state],
    ...(isMeasured ? [percent(cell.confidence)] : []),
    ...(cell.alternatives.length === 0
      ? []
      : [`likeliest: ${cell.alternatives.map((token) => `${spoken(token.text)} ${percent(token.confidence)}`).join(", ")}`]),
  ].join(", ");
}

function spoken(text: string): string {
  if (text === "") return "end of answer";
  const words = visiblePieces(text).map((piece) =>
    piece.kind === "newline" ? " line break " : piece.kind === "tab" ? " tab " : piece.shown,
  );
  const joined = words.join("").trim();
  return joined === "" ? `${text.length} spaces` : joined;
}

/** What a screen reader says of a step, also the scrub bar's value. */
export function stepWords(pass: number, lastPass: number, facts: StepFacts): string {
  const parts = [`pass ${pass} of ${lastPass}`, `${facts.newlyRevealed} new`, `${facts.revealed} revealed`, `${facts.masked} masked`];
  if (facts.drafted > 0) parts.push(`${facts.drafted} drafted`);
  if (facts.remasked > 0) parts.push(`${facts.remasked} masked again`);
  return parts.join(", ");
}
