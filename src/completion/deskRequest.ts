import type { CursorRegion } from "../region/regionAtCursor";
import type { CompletionQuery } from "./completionQuery";
import type { DeskRequest } from "./requestDesk";

/** A line of code is rarely longer; what a longer one would take is kept for the deadline. */
const MOST_LINE_TOKENS = 48;

/** Names every input of an answer but its place. */
export function answerKey({ document, languageId, indentUnit, settings }: CompletionQuery): string {
  const { sampler, blockSize, maxTokens, multiline } = settings;
  return JSON.stringify([document, languageId, indentUnit ?? "", sampler, blockSize ?? 0, maxTokens, multiline]);
}

/** What the backend is asked for the region at the cursor. */
export function deskRequest(query: CompletionQuery, region: CursorRegion): DeskRequest {
  const { settings } = query;
  return {
    key: answerKey(query),
    place: query.place,
    deadlineMs: settings.deadlineMs,
    infill: {
      prefix: query.before,
      suffix: query.after.slice(region.blankChars),
      region: region.kind,
      languageId: query.languageId,
      ...(query.path === undefined ? {} : { path: query.path, ...(query.related && { related: query.related }) }),
      maxTokens: region.kind === "line" ? Math.min(MOST_LINE_TOKENS, settings.maxTokens) : settings.maxTokens,
      sampler: settings.sampler,
      ...(settings.blockSize === undefined ? {} : { blockSize: settings.blockSize }),
    },
  };
}
