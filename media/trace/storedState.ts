import { INITIAL_STATE, shownStep, type ViewState } from "./viewState";

/** What outlives the page, by the webview's `setState`: it is made anew each time it is shown. */
export interface StoredState {
  readonly isLive: boolean;
  readonly speed: number;
  readonly selected?: number;
  readonly pass?: number;
}

export function toStore(state: ViewState): StoredState {
  const pass = shownStep(state)?.pass ?? state.resumePass;
  return {
    isLive: state.isLive,
    speed: state.speed,
    ...(state.selected === undefined ? {} : { selected: state.selected }),
    ...(pass === undefined ? {} : { pass }),
  };
}

/** @param stored what `getState` gave: another version may have written it, so any value is possible, and a wrong part counts as absent */
export function fromStore(stored: unknown): ViewState {
  if (typeof stored !== "object" || stored === null) return INITIAL_STATE;
  const { isLive, speed, selected, pass } = stored as Record<keyof StoredState, unknown>;
  return {
    ...INITIAL_STATE,
    isLive: typeof isLive === "boolean" ? isLive : INITIAL_STATE.isLive,
    speed: typeof speed === "number" && Number.isFinite(speed) && speed > 0 ? speed : INITIAL_STATE.speed,
    selected: Number.isSafeInteger(selected) ? (selected as number) : undefined,
    resumePass: Number.isSafeInteger(pass) ? (pass as number) : undefined,
  };
}
