import { playTrace, type AskedKeystroke } from "../replay/playTrace";
import { readTrace } from "../replay/typingTrace";
import type { Peer, PeerLine } from "./peer";
import { percentile, round } from "./statistics";

export interface Spread {
  readonly p50?: number;
  readonly p95?: number;
  readonly n: number;
}

export interface KeystrokeFigures {
  readonly keystrokes: number;
  /** keystrokes that showed a suggestion before the next key */
  readonly suggested: number;
  readonly fromCache: number;
  readonly asked: number;
  /** requests that the next key took the engine from before their line was done; their times are not in the spreads */
  readonly superseded: number;
  /** from the key to the request: the adaptive delay */
  readonly askedMs: Spread;
  readonly firstWordsMs: Spread;
  readonly lineMs: Spread;
  readonly newLineFirstWordsMs: Spread;
  readonly coldFirstWordsMs?: number;
  readonly tokensPerPass: number;
  readonly msPerPass: number;
  /** The same requests in the same order, from the request on, without what is cold: this engine, and llama.cpp with its prompt cached as far as it is the same. */
  readonly race?: { readonly own: RaceFigures; readonly peer: RaceFigures & { readonly newTokens: Spread } };
}

interface RaceFigures {
  readonly firstWordsMs: Spread;
  readonly lineMs: Spread;
}

/** Replays the typing trace through the extension's pipeline, the real client and the engine's process. */
export async function measureKeystrokes(
  modelDirectory: string,
  threads: number,
  pace: "typed" | "patient",
  events?: number,
  peer?: Peer,
): Promise<KeystrokeFigures> {
  const played = await playTrace(readTrace(), { modelDirectory, threads, pace, ...(events !== undefined && { events }) });
  if (played.failures.length > 0)
    throw new Error(`${played.failures.length} keystrokes failed, the first with ${String(played.failures[0])}`);
  const done = played.asked.filter(({ superseded }) => !superseded);
  const isCold = ({ infill }: AskedKeystroke) => infill !== undefined && infill.prefillTokens > 300 && infill.cachedTokens < 16;
  const warm = done.filter((key) => !isCold(key));
  const cold = done.filter(isCold).map(({ firstWordsMs }) => firstWordsMs);
  const sum = (of: (key: AskedKeystroke) => number) => warm.reduce((total, key) => total + of(key), 0);
  const passes = sum(({ infill }) => infill?.passes ?? 0);
  const race = peer && (await raceWith(peer, done, isCold));
  const coldMs = percentile(
    cold.filter((ms) => ms !== undefined),
    0.5,
  );
  return {
    keystrokes: played.keystrokes,
    suggested: played.suggested,
    fromCache: played.fromCache,
    asked: played.asked.length,
    superseded: played.asked.length - done.length,
    askedMs: spread(warm.map(({ askedMs }) => askedMs)),
    firstWordsMs: spread(warm.map(({ firstWordsMs }) => firstWordsMs)),
    lineMs: spread(warm.filter(({ region }) => region === "line").map(({ lineMs }) => lineMs)),
    newLineFirstWordsMs: spread(warm.filter(({ newLine }) => newLine).map(({ firstWordsMs }) => firstWordsMs)),
    ...(coldMs !== undefined && { coldFirstWordsMs: round(coldMs, 0) }),
    tokensPerPass: round(sum(({ infill }) => infill?.writtenTokens ?? 0) / passes, 2),
    msPerPass: round(sum(({ infill }) => infill?.times.denoiseMs ?? 0) / passes),
    ...(race && { race }),
  };
}

async function raceWith(
  peer: Peer,
  keys: readonly AskedKeystroke[],
  isCold: (key: AskedKeystroke) => boolean,
): Promise<NonNullable<KeystrokeFigures["race"]>> {
  const theirs: PeerLine[] = [];
  const ours: AskedKeystroke[] = [];
  for (const key of keys) {
    // what is cold here is asked there too, so that both have read it
    const line = await peer.fillLine(key.request);
    if (isCold(key)) continue;
    theirs.push(line);
    ours.push(key);
  }
  const fromRequest = (of: (key: AskedKeystroke) => number | undefined) =>
    spread(ours.map((key) => (of(key) === undefined ? undefined : of(key)! - key.askedMs)));
  return {
    own: { firstWordsMs: fromRequest(({ firstWordsMs }) => firstWordsMs), lineMs: fromRequest(({ lineMs }) => lineMs) },
    peer: {
      firstWordsMs: spread(theirs.map(({ firstWordsMs }) => firstWordsMs)),
      lineMs: spread(theirs.map(({ lineMs }) => lineMs)),
      newTokens: spread(theirs.map(({ newTokens }) => newTokens)),
    },
  };
}

function spread(values: readonly (number | undefined)[]): Spread {
  const known = values.filter((value) => value !== undefined);
  const [p50, p95] = [percentile(known, 0.5), percentile(known, 0.95)];
  return { ...(p50 !== undefined && { p50: round(p50, 0) }), ...(p95 !== undefined && { p95: round(p95, 0) }), n: known.length };
}
