export interface RestartLimits {
  /** So many deaths within the window, and the engine stays down. At least 1. */
  readonly maxDeaths: number;
  readonly windowMs: number;
  /** Wait before the first restart; each further death in the window makes it four times as long. */
  readonly firstDelayMs: number;
}

export const RESTART_LIMITS: RestartLimits = { maxDeaths: 4, windowMs: 180_000, firstDelayMs: 100 };

export type RestartDecision =
  { readonly kind: "restart"; readonly delayMs: number } | { readonly kind: "stayDown"; readonly times: number };

/**
 * What to do after a death. Changes neither input; throws nothing.
 * @param deathsMs when it died before, ascending, without this death
 * @param nowMs when it died now, on the same clock
 * @returns the decision, and the deaths that still count, with this one
 */
export function afterDeath(
  deathsMs: readonly number[],
  nowMs: number,
  { maxDeaths, windowMs, firstDelayMs }: RestartLimits,
): { readonly deathsMs: readonly number[]; readonly decision: RestartDecision } {
  const counted = [...deathsMs.filter((atMs) => nowMs - atMs < windowMs), nowMs];
  const times = counted.length;
  if (times >= maxDeaths) return { deathsMs: counted, decision: { kind: "stayDown", times } };
  return { deathsMs: counted, decision: { kind: "restart", delayMs: firstDelayMs * 4 ** (times - 1) } };
}
