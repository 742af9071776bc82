import type { Infill } from "../backends/infiller";
import type { CursorRegion } from "../region/regionAtCursor";
import { cachedAnswer, type AnswerText } from "./cachedAnswer";
import type { CacheHit, CachedAnswer } from "./completionCache";
import type { CompletionQuery } from "./completionQuery";
import { answerKey } from "./deskRequest";
import type { Fork } from "./forks";

const LINE_END: AnswerText = { text: "", tokens: [], ended: "line", fits: true };

/**
 * The whole answers that go another way at their forks: the known one up to there, the fork's token, and what the model writes behind it.
 * @param ask fills the region behind each of the heads, together; asked once at most. Gives undefined where the engine fails
 * @returns in the forks' order; none of a fork that lies before the cursor, got no answer in time, or whose answer a filter drops
 */
export async function denoiseForks(
  { answer, rest }: CacheHit,
  query: CompletionQuery,
  region: CursorRegion,
  ask: (heads: readonly string[]) => Promise<readonly Infill[] | undefined>,
): Promise<CachedAnswer[]> {
  const typedChars = answer.text.length - rest.text.length;
  const ways = answer.forks
    .filter((fork) => fork.at >= typedChars)
    .map((fork) => ({ fork, head: answer.text.slice(typedChars, fork.at) + fork.text, endsLine: endsLine(fork, region) }));
  const open = ways.filter((way) => !way.endsLine).map(({ head }) => head);
  const infills = open.length === 0 ? undefined : await ask(open);
  let next = 0;
  return ways.flatMap((way) => {
    const infill = way.endsLine ? LINE_END : infills?.[next++];
    return infill === undefined ? [] : (wholeAnswer(way.fork, way.head, infill, query, region) ?? []);
  });
}

/** Where the other way is to end the line, nothing is left to ask. */
function endsLine(fork: Fork, region: CursorRegion): boolean {
  return region.kind === "line" && fork.text.includes("\n");
}

function wholeAnswer(
  { probability }: Fork,
  head: string,
  infill: AnswerText,
  query: CompletionQuery,
  region: CursorRegion,
): CachedAnswer | undefined {
  if (infill.ended === "aborted" || infill.ended === "deadline") return undefined;
  const tokens = [{ text: head, confidence: probability }, ...infill.tokens];
  const whole = cachedAnswer({ ...infill, text: head + infill.text, tokens }, answerKey(query), query, region);
  return whole === undefined || whole.text === "" ? undefined : whole;
}
