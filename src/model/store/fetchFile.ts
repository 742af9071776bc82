import { setTimeout as sleep } from "node:timers/promises";
import { BodyFailure, bodyWithin } from "./bodyWithin";
import type { Fetch, FetchAnswer } from "./fetchType";
import type { HttpTiming } from "./httpTiming";
import type { PartFile } from "./partFile";
import { PassingFailure } from "./passingFailure";
import { reasonOf } from "./reasonOf";
import { StoreError } from "./storeError";
import { whereAnswerBegins } from "./whereAnswerBegins";

export interface FetchFileOptions {
  readonly url: string;
  readonly bytes: number;
  readonly part: PartFile;
  readonly fetch: Fetch;
  readonly timing: HttpTiming;
  readonly signal: AbortSignal;
  /** bytes so far, those of earlier runs counted */
  readonly onBytes: (done: number) => void;
  /** called before each write; where it rejects, nothing more is written */
  readonly beforeWrite: () => Promise<void>;
}

/**
 * Brings `part` to its full size, going on where an earlier run stopped (RFC 9110: Range, If-Range). A cut line, a stall, 408, 425, 429 and 5xx are
 * tried again, with waits that double; attempts are counted anew after one that brought bytes. The hash is the caller's to check.
 * @throws StoreError noNetwork, hubAnsweredHtml, httpStatus, wrongSize (the part is deleted then); the signal's reason; the system's error in writing; what `beforeWrite` throws
 */
export async function fetchFile(options: FetchFileOptions): Promise<void> {
  const { part, bytes, timing, signal } = options;
  let fruitless = 0;
  for (;;) {
    signal.throwIfAborted();
    const before = await part.bytes();
    if (before === bytes) return;
    if (before > bytes) await part.remove();
    try {
      await attempt(options);
    } catch (error) {
      if (error instanceof StoreError && error.failure.kind === "wrongSize") await part.remove();
      if (!(error instanceof PassingFailure)) throw error;
      fruitless = (await part.bytes()) > before ? 1 : fruitless + 1;
      if (fruitless >= timing.attempts) throw error.storeError;
      const waitMs = error.retryAfterMs ?? timing.backoffMs * 2 ** (fruitless - 1);
      await sleep(Math.min(waitMs, timing.mostBackoffMs), undefined, { signal });
    }
  }
}

/** One request and its body. Returns when the file is complete, or when the bytes so far were of no use and are gone. */
async function attempt({ url, bytes, part, fetch, timing, signal, onBytes, beforeWrite }: FetchFileOptions): Promise<void> {
  const stall = new AbortController();
  const timer = setTimeout(() => stall.abort(new Error(`nothing came for ${timing.stallMs} ms`)), timing.stallMs);
  const line = AbortSignal.any([signal, stall.signal]);
  /** What the line threw, or why it was stopped. */
  const cut = (error: unknown) => {
    signal.throwIfAborted();
    return new PassingFailure(noNetwork(url, reasonOf(stall.signal.aborted ? stall.signal.reason : error)));
  };
  try {
    const have = await part.bytes();
    const headers = rangeHeaders(have, await part.etag());
    const answer = await fetch(url, { method: "GET", headers, redirect: "follow", signal: line }).catch((error: unknown) => {
      throw cut(error);
    });
    const begin = await beginOrClose(answer, url, have, bytes);
    if (begin === undefined) {
      // Nothing was asked but the whole, and something else came: asking again would only repeat that.
      if (have === 0) throw new StoreError({ kind: "httpStatus", url, status: answer.status });
      return await part.remove();
    }
    if (begin === 0) await part.startOver(answer.headers.get("etag"));
    let done = begin;
    onBytes(done);
    await part.append(
      bodyWithin(answer, () => timer.refresh()),
      async (count) => {
        done += count;
        if (done > bytes)
          throw new StoreError({ kind: "wrongSize", file: url, origin: "fetched", expectedBytes: bytes, actualBytes: done });
        await beforeWrite();
        onBytes(done);
      },
    );
    if (done < bytes) throw new PassingFailure(noNetwork(url, `the connection ended after ${done} of ${bytes} bytes`));
  } catch (error) {
    throw error instanceof BodyFailure ? cut(error.cause) : error;
  } finally {
    clearTimeout(timer);
  }
}

/** As `whereAnswerBegins`; a body that is not wanted is closed, or its connection would stay open. */
async function beginOrClose(answer: FetchAnswer, url: string, have: number, bytes: number): Promise<number | undefined> {
  let begin: number | undefined;
  try {
    begin = whereAnswerBegins(answer, url, have, bytes);
    return begin;
  } finally {
    // Cancelling fails only where the connection is broken already, which is as good.
    if (begin === undefined) await answer.body?.cancel().catch(() => undefined);
  }
}

/** `identity`: a length and a range must count the file's own bytes. Without a strong ETag the hash of the whole is what guards the seam. */
function rangeHeaders(have: number, etag: string | undefined): Record<string, string> {
  return {
    "accept-encoding": "identity",
    ...(have > 0 ? { range: `bytes=${have}-` } : {}),
    ...(have > 0 && etag !== undefined ? { "if-range": etag } : {}),
  };
}

function noNetwork(url: string, detail: string): StoreError {
  return new StoreError({ kind: "noNetwork", host: new URL(url).host, detail });
}
