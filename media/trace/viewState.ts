/** What the trace page shows, and what each message and each key makes of it. Pure; drawing is elsewhere. */
import type { DenoisingStep } from "../../src/backends/infiller";
import type { HostMessage, RecordingHead } from "../../src/trace/traceProtocol";

export interface LoadedRecording {
  readonly id: number;
  readonly before: string;
  readonly after: string;
  readonly steps: readonly DenoisingStep[];
}

export interface ViewState {
  /** newest first */
  readonly heads: readonly RecordingHead[];
  /** always one of `heads`, once these are known */
  readonly selected: number | undefined;
  /** the selected recording; undefined until the host sent it */
  readonly loaded: LoadedRecording | undefined;
  /** in [0, steps.length - 1]; 0 without steps */
  readonly stepIndex: number;
  /** the newest recording is selected and its last step shown, also when there are newer ones */
  readonly isLive: boolean;
  readonly isPlaying: boolean;
  /** multiple of real time, above 0 */
  readonly speed: number;
  /** where to go on when the selected recording comes; undefined: its last step */
  readonly resumePass: number | undefined;
}

export type ViewAction =
  | { readonly type: "message"; readonly message: HostMessage }
  | { readonly type: "select"; readonly id: number }
  | { readonly type: "goTo"; readonly index: number }
  | { readonly type: "stepBy"; readonly count: number }
  | { readonly type: "togglePlay" }
  /** the time of the step shown is over */
  | { readonly type: "tick" }
  | { readonly type: "setSpeed"; readonly speed: number }
  | { readonly type: "setLive"; readonly isLive: boolean };

export const INITIAL_STATE: ViewState = {
  heads: [],
  selected: undefined,
  loaded: undefined,
  stepIndex: 0,
  isLive: true,
  isPlaying: false,
  speed: 0.25,
  resumePass: undefined,
};

/** Changes nothing of its input; returns it where the action has no effect. */
export function reduce(state: ViewState, action: ViewAction): ViewState {
  switch (action.type) {
    case "message":
      return stopWhenOver(receive(state, action.message));
    case "select": {
      if (!state.heads.some((head) => head.id === action.id)) return state;
      const newest = state.heads[0]!;
      const isLive = action.id === newest.id && (state.isLive || newest.outcome.kind === "running");
      const next = select({ ...state, isLive, isPlaying: false }, action.id);
      // One that is selected already, and was looked at further back, is followed again.
      return isLive ? goTo(next, lastIndex(next)) : next;
    }
    case "goTo":
      return { ...goTo(state, action.index), isLive: false, isPlaying: false };
    case "stepBy":
      return { ...goTo(state, state.stepIndex + action.count), isLive: false, isPlaying: false };
    case "togglePlay":
      return togglePlay(state);
    case "tick":
      return tick(state);
    case "setSpeed":
      return action.speed > 0 && Number.isFinite(action.speed) ? { ...state, speed: action.speed } : state;
    case "setLive": {
      if (!action.isLive) return { ...state, isLive: false };
      const live = { ...state, isLive: true, isPlaying: false };
      return goTo(select(live, state.heads[0]?.id), lastIndex(state));
    }
  }
}

export function selectedHead(state: ViewState): RecordingHead | undefined {
  return state.heads.find((head) => head.id === state.selected);
}

export function shownStep(state: ViewState): DenoisingStep | undefined {
  return state.loaded?.steps[state.stepIndex];
}

export function isRunning(state: ViewState): boolean {
  return selectedHead(state)?.outcome.kind === "running";
}

export function lastIndex(state: ViewState): number {
  return Math.max(0, (state.loaded?.steps.length ?? 0) - 1);
}

function receive(state: ViewState, message: HostMessage): ViewState {
  switch (message.type) {
    case "list": {
      const isGone = !message.heads.some((head) => head.id === state.selected);
      const next = { ...state, heads: message.heads };
      return state.isLive || isGone ? select(next, message.heads[0]?.id) : next;
    }
    case "recording": {
      if (message.id !== state.selected) return state;
      const { id, before, after, steps } = message;
      const pass = state.loaded === undefined ? state.resumePass : shownStep(state)?.pass;
      const loaded = { ...state, loaded: { id, before, after, steps }, resumePass: undefined };
      return goTo(loaded, state.isLive || pass === undefined ? steps.length - 1 : steps.findLastIndex((step) => step.pass <= pass));
    }
    case "steps": {
      const { loaded } = state;
      if (loaded?.id !== message.id) return state;
      // A message went missing: what is here can't be continued, and being unloaded makes the page ask for the whole.
      if (message.from > loaded.steps.length) return { ...state, loaded: undefined, stepIndex: 0, resumePass: shownStep(state)?.pass };
      const steps = [...loaded.steps.slice(0, message.from), ...message.steps];
      const next = { ...state, loaded: { ...loaded, steps } };
      return goTo(next, state.isLive ? steps.length - 1 : state.stepIndex);
    }
  }
}

function select(state: ViewState, id: number | undefined): ViewState {
  if (id === state.selected) return state;
  return { ...state, selected: id, loaded: undefined, stepIndex: 0, isPlaying: false, resumePass: undefined };
}

function goTo(state: ViewState, index: number): ViewState {
  return { ...state, stepIndex: Math.min(Math.max(0, index), lastIndex(state)) };
}

function togglePlay(state: ViewState): ViewState {
  if (state.isPlaying) return { ...state, isPlaying: false };
  if (lastIndex(state) === 0) return state;
  const isAtEnd = state.stepIndex >= lastIndex(state) && !isRunning(state);
  return { ...state, isPlaying: true, isLive: false, stepIndex: isAtEnd ? 0 : state.stepIndex };
}

function tick(state: ViewState): ViewState {
  return state.isPlaying ? stopWhenOver(goTo(state, state.stepIndex + 1)) : state;
}

/** At the last step of a running request a replay waits for the next one; of any other there is none to come. */
function stopWhenOver(state: ViewState): ViewState {
  const isOver = state.isPlaying && state.stepIndex >= lastIndex(state) && !isRunning(state);
  return isOver ? { ...state, isPlaying: false } : state;
}
