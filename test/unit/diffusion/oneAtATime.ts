import type { InfillRequest } from "../../../src/backends/infiller";
import { plainArgmax, type Table } from "./table";
import { SPECIAL, tinyTokenizer } from "./tinyTokenizer";

/** What the model writes has no carriage returns: line ends are `\n` on this side. */
const decode = (ids: readonly number[]) => Buffer.concat(ids.map((id) => tinyTokenizer.bytesOf(id).filter((byte) => byte !== 13)));

/** The longest head of the bytes that is whole characters, by trying. */
function whole(bytes: Buffer): string {
  for (let end = bytes.length; ; end--) {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes.subarray(0, end));
    } catch {
      if (end === 0) throw new Error("unreachable");
    }
  }
}

export interface PlainAnswer {
  readonly text: string;
  readonly ended: string;
  /** all that the model wrote after the head, tail included */
  readonly written: string;
  /** end token included, less what the head has when tokenised whole */
  readonly writtenTokens: number;
}

/**
 * Greedy decoding, one token at a time over plain lists, written after the training sketch and apart from the product: what `verified` must equal.
 * @param write the next tokens after the visible ones: another way to write, under the same rules
 */
export function oneAtATime(
  table: Table,
  request: InfillRequest,
  prefixTokens: number,
  suffixTokens: number,
  write: (visible: readonly number[]) => readonly number[] = (visible) => [plainArgmax(table.next(visible))],
): PlainAnswer {
  const { prefix, region, maxTokens } = request;
  let { suffix } = request;
  const lines = region !== "line" && prefix.endsWith("\n") && suffix !== "" && suffix[0] !== "\n";
  if (lines) suffix = "\n" + suffix;
  const at = prefix.lastIndexOf("\n") + 1;
  const head = prefix.slice(at);
  const [tail = "", ...rest] = suffix.split("\n");
  const filled = rest.findIndex((line) => line.trim() !== "");
  const file = filled < 0 ? undefined : [tail, ...rest.slice(0, filled + 1)].join("\n");

  const cut = tinyTokenizer.lastPreTokenStart(head);
  const out = tinyTokenizer.encode(head.slice(0, cut));
  const encodedPrefix = tinyTokenizer.encode(prefix.slice(0, at));
  const context = [
    SPECIAL.prefix,
    ...encodedPrefix.slice(Math.max(0, encodedPrefix.length - prefixTokens)),
    SPECIAL.suffix,
    ...tinyTokenizer.encode(suffix).slice(0, suffixTokens),
    SPECIAL.middle,
  ];
  let typed = Buffer.from(head.slice(cut));
  const headBytes = decode(out).length + typed.length;
  while (typed.length > 0) {
    const row = table.next([...context, ...out]);
    const best = tinyTokenizer.tokensAlong(typed).reduce((a, b) => (row[b]! > row[a]! ? b : a));
    out.push(best);
    typed = typed.subarray(tinyTokenizer.bytesOf(best).length);
  }

  const healed = out.length;
  const mostTokens = maxTokens + tinyTokenizer.encode(tail).slice(0, suffixTokens).length + 2;
  const written = () => decode(out).subarray(headBytes);
  const answer = (text: string, ended: string, extra = 0): PlainAnswer => {
    const allowed = decode(out.slice(0, healed + maxTokens)).subarray(headBytes);
    const fitsLimit = Buffer.byteLength(text) <= allowed.length;
    const limited = fitsLimit ? text : whole(allowed);
    return {
      text: lines ? limited + "\n" : limited,
      ended: fitsLimit ? ended : "length",
      written: whole(written()),
      writtenTokens: Math.max(0, out.length + extra - tinyTokenizer.encode(head).length),
    };
  };
  const finish = (text: string) => {
    const line = text.endsWith("\n") ? text.slice(0, -1) : text;
    return tail !== "" && line.includes(tail) ? line.slice(0, line.lastIndexOf(tail)) : line;
  };
  let coming: readonly number[] = [];
  for (;;) {
    const bytes = written();
    if (region === "line" && bytes.includes(10)) return answer(finish(whole(bytes.subarray(0, bytes.indexOf(10)))), "line");
    const stop = file === undefined ? -1 : bytes.indexOf(Buffer.from(file));
    if (region !== "line" && stop >= 0) return answer(whole(bytes.subarray(0, stop)), "suffix");
    if (out.length - healed >= mostTokens) {
      const text = whole(bytes);
      return answer(tail !== "" && text.trimEnd().endsWith(tail.trimEnd()) ? finishAtLength(text) : text, "length");
    }
    if (coming.length === 0) coming = write([...context, ...out]);
    if (coming[0] === SPECIAL.end) return answer(finish(whole(bytes)), "end", 1);
    out.push(coming[0]!);
    coming = coming.slice(1);
  }

  /** The tail stood at the very end when the tokens ran out. */
  function finishAtLength(text: string): string {
    const line = text.endsWith("\n") ? text.slice(0, -1) : text;
    const last = line.lastIndexOf(tail);
    return last >= 0 && line.slice(last + tail.length).trim() === "" ? line.slice(0, last) : text;
  }
}
