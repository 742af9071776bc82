import type { FetchAnswer } from "./fetchType";

/** The line broke, stalled or was aborted while the body came; `cause` is what it threw. Tells a failed read from a failed write. */
export class BodyFailure extends Error {
  constructor(cause: unknown) {
    super("the body broke off", { cause });
    this.name = "BodyFailure";
  }
}

/**
 * The body's chunks. `onChunk` is called for each before it is handed on. Ending the iteration early closes the connection.
 * @throws BodyFailure
 */
export async function* bodyWithin(answer: FetchAnswer, onChunk: () => void): AsyncGenerator<Uint8Array> {
  if (answer.body === null) return;
  const chunks = answer.body[Symbol.asyncIterator]();
  let ended = false;
  try {
    for (;;) {
      let next: IteratorResult<Uint8Array>;
      try {
        next = await chunks.next();
      } catch (error) {
        ended = true;
        throw new BodyFailure(error);
      }
      if (next.done === true) {
        ended = true;
        return;
      }
      onChunk();
      yield next.value;
    }
  } finally {
    if (!ended) await chunks.return?.();
  }
}
