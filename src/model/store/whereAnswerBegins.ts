import type { FetchAnswer } from "./fetchType";
import { PassingFailure } from "./passingFailure";
import { readContentRange } from "./readContentRange";
import { StoreError } from "./storeError";

/** Request timeout, too early, too many requests; 5xx beside these. */
const PASSING_STATUS = [408, 425, 429];

/**
 * Where in the file the answer's body begins: `have` for the rest that was asked for, 0 for the whole, undefined where what we have is of no use to
 * the server (416, another range, another file): start over without it.
 * @param bytes what the whole file must have
 * @throws PassingFailure for a status that another attempt may mend
 * @throws StoreError hubAnsweredHtml, httpStatus, wrongSize
 */
export function whereAnswerBegins(answer: FetchAnswer, url: string, have: number, bytes: number): number | undefined {
  const { status, headers } = answer;
  if (status >= 500 || PASSING_STATUS.includes(status))
    throw new PassingFailure(new StoreError({ kind: "httpStatus", url, status }), retryAfterMs(headers.get("retry-after")));
  if (status === 416 && have > 0) return undefined;
  if (status !== 200 && status !== 206) throw new StoreError({ kind: "httpStatus", url, status });
  if (isHtml(headers.get("content-type"))) throw new StoreError({ kind: "hubAnsweredHtml", url });
  if (status === 200) {
    const length = headers.get("content-length");
    refuseOtherSize(url, bytes, length === null || headers.get("content-encoding") !== null ? undefined : Number(length));
    return 0;
  }
  const range = readContentRange(headers.get("content-range"));
  refuseOtherSize(url, bytes, range?.total);
  return range !== undefined && range.first === have && range.last < bytes ? have : undefined;
}

export function isHtml(contentType: string | null): boolean {
  return /^\s*(text\/html|application\/xhtml\+xml)\b/i.test(contentType ?? "");
}

function refuseOtherSize(url: string, expectedBytes: number, actualBytes: number | undefined): void {
  if (actualBytes !== undefined && actualBytes !== expectedBytes)
    throw new StoreError({ kind: "wrongSize", file: url, origin: "fetched", expectedBytes, actualBytes });
}

/** Retry-After in seconds; its other form, a date, is rare and left to the usual wait. */
function retryAfterMs(header: string | null): number | undefined {
  return header !== null && /^\d{1,6}$/.test(header.trim()) ? Number(header) * 1000 : undefined;
}
