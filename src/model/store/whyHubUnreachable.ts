import type { Fetch } from "./fetchType";
import { reasonOf } from "./reasonOf";
import { StoreError } from "./storeError";
import { isHtml } from "./whereAnswerBegins";

/**
 * Asks for the file's head only, once. A redirect counts as an answer: the hub sends everyone on to its storage.
 * @returns undefined where the file can be fetched from there, else why not
 * @throws the signal's reason
 */
export async function whyHubUnreachable(url: string, fetch: Fetch, reachMs: number, signal: AbortSignal): Promise<StoreError | undefined> {
  const late = AbortSignal.timeout(reachMs);
  try {
    const answer = await fetch(url, { method: "HEAD", headers: {}, redirect: "manual", signal: AbortSignal.any([signal, late]) });
    if (answer.status >= 400) return new StoreError({ kind: "httpStatus", url, status: answer.status });
    if (answer.status === 200 && isHtml(answer.headers.get("content-type"))) return new StoreError({ kind: "hubAnsweredHtml", url });
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    const detail = late.aborted ? `no answer in ${reachMs} ms` : reasonOf(error);
    return new StoreError({ kind: "noNetwork", host: new URL(url).host, detail }, { cause: error });
  }
}
