import { lastIndex, type ViewState } from "./viewState";

/** Multiples of real time to choose from: a pass takes some 30 ms, which is too quick to watch. */
export const SPEEDS = [0.05, 0.1, 0.25, 0.5, 1, 2] as const;

/** Quicker than a screen's frame would skip steps unseen; slower than this looks stuck. */
const SHORTEST_MS = 33;
const LONGEST_MS = 2_000;

/** Milliseconds that the step shown stays, while playing; undefined where nothing is to come. */
export function delayToNextMs(state: ViewState): number | undefined {
  if (!state.isPlaying || state.stepIndex >= lastIndex(state)) return undefined;
  const steps = state.loaded?.steps ?? [];
  const tookMs = (steps[state.stepIndex + 1]?.atMs ?? 0) - (steps[state.stepIndex]?.atMs ?? 0);
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, tookMs / state.speed));
}
