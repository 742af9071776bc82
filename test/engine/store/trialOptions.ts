import type { EnsureModelOptions } from "../../../src/model/store/ensureModelOptions";
import type { LockTiming } from "../../../src/model/store/lockTiming";
import type { Fetch } from "../../../src/model/store/fetchType";

/** What a trial needs to know; JSON for a process of its own. */
export interface Trial {
  readonly modelFolder: string;
  readonly store: string;
  readonly home: string;
  readonly hubOrigin: string;
  /** dist/prepare.cjs, as esbuild.mjs makes it */
  readonly prepareEntry: string;
  /** Node's options for it */
  readonly execArgv?: readonly string[];
  readonly lockTiming?: Partial<LockTiming>;
}

/** A lock that was being written when its process died is in the way for so long. */
export const UNREADABLE_MS = 30;

const CHUNK_BYTES = 64 * 1024;

/** As the editor would call it, with one difference: the body comes in chunks of one size, or no two runs would write alike. */
export function trialOptions(trial: Trial): EnsureModelOptions {
  return {
    modelFolder: trial.modelFolder,
    directory: trial.store,
    ask: () => Promise.resolve(true),
    fetch: inEvenChunks,
    prepare: { entry: trial.prepareEntry, ...(trial.execArgv === undefined ? {} : { execArgv: trial.execArgv }) },
    machine: {
      surroundings: { env: {}, platform: "linux", home: trial.home },
      hubOrigin: trial.hubOrigin,
      python: [],
      httpTiming: { stallMs: 10_000, reachMs: 10_000, attempts: 2, backoffMs: 10, mostBackoffMs: 40 },
      // No heartbeat in so short a time: it would be counted now and then.
      lockTiming: {
        pollMs: 10,
        heartbeatMs: 60_000,
        abandonedMs: 120_000,
        unreadableMs: UNREADABLE_MS,
        mostWaitMs: 60_000,
        ...trial.lockTiming,
      },
    },
  };
}

const inEvenChunks: Fetch = async (url, init) => {
  const answer = await fetch(url, init);
  if (answer.body === null) return answer;
  const body = answer.body;
  return {
    status: answer.status,
    headers: answer.headers,
    body: { [Symbol.asyncIterator]: () => evenChunks(body), cancel: () => body.cancel() },
  };
};

async function* evenChunks(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  let held = Buffer.alloc(0);
  for await (const chunk of body) {
    held = Buffer.concat([held, chunk]);
    for (; held.length >= CHUNK_BYTES; held = held.subarray(CHUNK_BYTES)) yield held.subarray(0, CHUNK_BYTES);
  }
  if (held.length > 0) yield held;
}
