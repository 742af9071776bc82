import type { Infill } from "../backends/infiller";
import { cutLines } from "../region/cutLines";
import type { CursorRegion } from "../region/regionAtCursor";
import type { CachedAnswer } from "./completionCache";
import type { CompletionQuery } from "./completionQuery";
import { applyFilters } from "./filters";
import { fitIndentUnit } from "./fitIndentUnit";
import { repairIndent } from "./repairIndent";
import { sureTokens } from "./gate/sureToken";

/** What of an infill the answer is made of. */
export type AnswerText = Pick<Infill, "text" | "tokens" | "ended" | "fits">;

/**
 * What of a backend's answer is worth keeping: cut where the enclosing node ends, and filtered; empty, with its reason, where nothing is
 * left. Undefined where nothing was learned: the backend was called off, or stopped early and nothing was certain yet.
 */
export function cachedAnswer(infill: AnswerText, key: string, query: CompletionQuery, region: CursorRegion): CachedAnswer | undefined {
  if (infill.ended === "aborted") return undefined;
  const isPartial = infill.ended === "deadline";
  const { before, after } = query;
  const repaired = repairIndent(infill, before, query.languageId);
  const { text, tokens } = region.kind === "lines" ? fitIndentUnit(repaired, query) : repaired;
  const cut = region.kind === "lines" ? cutLines(text, before, region.scope) : text.split("\n", 1)[0]!;
  const verdict = applyFilters(cut, { before, after });
  const place = { key, kind: region.kind, before, after, shownChars: 0 } as const;
  if (verdict.kind === "keep") {
    const endsLine = region.kind === "line" && (infill.ended === "line" || infill.ended === "end") && verdict.text === text;
    const nothingFollows = after.slice(0, region.blankChars + 1).trim() === "";
    return {
      ...place,
      text: verdict.text,
      tokens: sureTokens(tokens, verdict.text),
      forks: [],
      endsLine,
      fits: infill.fits || nothingFollows,
      isPartial,
    };
  }
  return isPartial
    ? undefined
    : { ...place, text: "", tokens: [], forks: [], endsLine: false, fits: true, isPartial, dropped: verdict.reason };
}
