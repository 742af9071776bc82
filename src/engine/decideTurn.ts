import type { TurnRecord } from "./turnRecord";

export type TurnDecision = { readonly kind: "take" } | { readonly kind: "wait"; readonly waitMs: number };

/**
 * Whether a window that asks may take the turn now. Nobody is waited for longer than `minTurnMs` after their claim, alive or dead, idle or busy: so
 * two windows that ask at the same moment change places at most once in that time, and a window that is gone or hangs blocks nobody.
 * @param own id of the window that asks
 * @param record who has the turn; undefined: nobody
 * @param isAlive whether that window's process is there
 * @param nowMs wall clock, as in the record; a claim from the future (the clock was set back) counts as old
 * @returns `waitMs` in (0, minTurnMs]
 */
export function decideTurn(
  own: string,
  record: TurnRecord | undefined,
  isAlive: (pid: number) => boolean,
  nowMs: number,
  minTurnMs: number,
): TurnDecision {
  if (record === undefined || record.id === own) return { kind: "take" };
  const ageMs = nowMs - record.claimedAtMs;
  if (ageMs < 0 || ageMs >= minTurnMs || !isAlive(record.pid)) return { kind: "take" };
  return { kind: "wait", waitMs: minTurnMs - ageMs };
}
