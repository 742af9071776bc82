import type { Infill } from "../backends/infiller";
import type { CursorRegion } from "../region/regionAtCursor";
import { cachedAnswer, type AnswerText } from "./cachedAnswer";
import type { CacheHit, CachedAnswer } from "./completionCache";
import type { CompletionQuery } from "./completionQuery";
import { answerKey, deskRequest } from "./deskRequest";
import type { Fork } from "./forks";
import type { DeskRequest } from "./requestDesk";

/** A fork is one of several that are waited for together. */
const DEADLINE_SHARE = 1 / 3;
const LINE_END: AnswerText = { text: "", tokens: [], ended: "line", fits: true };

/**
 * The whole answer that goes another way at the fork: the known one up to there, the fork's token, and what the model writes behind it.
 * @returns undefined where the fork lies before the cursor, nothing came in time, or a filter drops the answer
 */
export async function denoiseFork(
  fork: Fork,
  { answer, rest }: CacheHit,
  query: CompletionQuery,
  region: CursorRegion,
  ask: (request: DeskRequest) => Promise<Infill>,
): Promise<CachedAnswer | undefined> {
  const typedChars = answer.text.length - rest.text.length;
  if (fork.at < typedChars) return undefined;
  const head = answer.text.slice(typedChars, fork.at) + fork.text;
  const request = deskRequest({ ...query, before: query.before + head }, region);
  // Where the other way is to end the line, nothing is left to ask.
  const endsLine = region.kind === "line" && fork.text.includes("\n");
  const infill: AnswerText = endsLine ? LINE_END : await ask({ ...request, deadlineMs: request.deadlineMs * DEADLINE_SHARE });
  if (infill.ended === "aborted" || infill.ended === "deadline") return undefined;
  const tokens = [{ text: head, confidence: fork.probability }, ...infill.tokens];
  const whole = cachedAnswer({ ...infill, text: head + infill.text, tokens }, answerKey(query), query, region);
  return whole === undefined || whole.text === "" ? undefined : whole;
}
