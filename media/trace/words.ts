/** The page's words for what the engine's types say; one place, so that the list, the header and the screen reader agree. */
import * as l10n from "@vscode/l10n";
import type { CanvasCell, CellState, InfillEnd, RegionKind } from "../../src/backends/infiller";
import type { OutcomeHead } from "../../src/trace/traceProtocol";
import { decimals } from "../../src/words/decimals";
import type { CONFIDENCE_LEVELS } from "./confidenceLevel";
import type { StepFacts } from "./stepFacts";
import { visiblePieces } from "./visiblePieces";

export function stateWords(state: CellState): string {
  switch (state) {
    case "masked":
      return l10n.t("masked");
    case "drafted":
      return l10n.t("drafted, not verified");
    case "revealed":
      return l10n.t("revealed");
    case "clamped":
      return l10n.t("given, never changes");
    case "remasked":
      return l10n.t("masked again");
    case "tail":
      return l10n.t("tail, cut off from the answer");
  }
}

function endWords(end: InfillEnd): string {
  switch (end) {
    case "end":
      return l10n.t("model wrote its end");
    case "suffix":
      return l10n.t("met the suffix");
    case "line":
      return l10n.t("line ended");
    case "length":
      return l10n.t("length limit");
    case "deadline":
      return l10n.t("out of time");
    case "aborted":
      return l10n.t("superseded");
  }
}

export function regionWords(region: RegionKind): string {
  switch (region) {
    case "line":
      return l10n.t("rest of line");
    case "lines":
      return l10n.t("several lines");
    case "span":
      return l10n.t("selection");
  }
}

/** How sure, in a word. */
export function levelWords(level: (typeof CONFIDENCE_LEVELS)[number]["name"]): string {
  switch (level) {
    case "guess":
      return l10n.t("guess");
    case "doubtful":
      return l10n.t("doubtful");
    case "open":
      return l10n.t("open");
    case "likely":
      return l10n.t("likely");
    case "sure":
      return l10n.t("sure");
  }
}

export function outcomeWords(outcome: OutcomeHead): string {
  switch (outcome.kind) {
    case "running":
      return l10n.t("running");
    case "failed":
      return l10n.t("failed");
    case "finished":
      return endWords(outcome.ended);
  }
}

export function percent(probability: number): string {
  // 99.7 % is not certain: only what is certain reads 100.
  return `${probability >= 1 ? 100 : Math.min(99, Math.round(probability * 100))} %`;
}

export function milliseconds(ms: number): string {
  return ms < 10 ? `${decimals(ms, 1)} ms` : ms < 10_000 ? `${Math.round(ms)} ms` : `${decimals(ms / 1_000, 1)} s`;
}

/** A token's text on one line, with signs for what can't be seen. */
export function tokenWords(text: string): string {
  if (text === "") return l10n.t("end of answer");
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
    stateWords(cell.state),
    ...(isMeasured ? [percent(cell.confidence)] : []),
    ...(cell.alternatives.length === 0
      ? []
      : [l10n.t("likeliest: {0}", cell.alternatives.map((token) => `${spoken(token.text)} ${percent(token.confidence)}`).join(", "))]),
  ].join(", ");
}

function spoken(text: string): string {
  if (text === "") return l10n.t("end of answer");
  const words = visiblePieces(text).map((piece) =>
    piece.kind === "newline" ? ` ${l10n.t("line break")} ` : piece.kind === "tab" ? ` ${l10n.t("tab")} ` : piece.shown,
  );
  const joined = words.join("").trim();
  return joined === "" ? l10n.t("{0} spaces", text.length) : joined;
}

/** What a screen reader says of a step, also the scrub bar's value. */
export function stepWords(pass: number, lastPass: number, facts: StepFacts): string {
  const parts = [
    l10n.t("pass {0} of {1}", pass, lastPass),
    l10n.t("{0} new", facts.newlyRevealed),
    l10n.t("{0} revealed", facts.revealed),
    l10n.t("{0} masked", facts.masked),
  ];
  if (facts.drafted > 0) parts.push(l10n.t("{0} drafted", facts.drafted));
  if (facts.remasked > 0) parts.push(l10n.t("{0} masked again", facts.remasked));
  return parts.join(", ");
}
