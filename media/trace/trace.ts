/** The trace panel's page: takes messages and keys to the state, and draws the state. */
import * as l10n from "@vscode/l10n";
import type { HostMessage, PageMessage } from "../../src/trace/traceProtocol";
import { speakPagesLanguage } from "../speakPagesLanguage";
import { canvasLines } from "./canvasLines";
import { CodeView } from "./codeView";
import { contextAround } from "./contextAround";
import { element } from "./element";
import { emptyState } from "./emptyState";
import { keyAction } from "./keyAction";
import { legend } from "./legend";
import { delayToNextMs } from "./playback";
import { RequestList } from "./requestList";
import { stepFacts } from "./stepFacts";
import { fromStore, toStore } from "./storedState";
import { Summary } from "./summary";
import { Transport } from "./transport";
import { isRunning, reduce, selectedHead, shownStep, type ViewAction, type ViewState } from "./viewState";
import { outcomeWords, stepWords } from "./words";

declare function acquireVsCodeApi(): {
  postMessage(message: PageMessage): void;
  getState(): unknown;
  setState(state: unknown): void;
};

const host = acquireVsCodeApi();
const root = document.getElementById("trace");
speakPagesLanguage(root);
let state: ViewState = fromStore(host.getState());
let drawn: ViewState | undefined;
let isFramePlanned = false;
let playTimer: ReturnType<typeof setTimeout> | undefined;

const summary = new Summary();
const code = new CodeView();
const waiting = element("p", "waiting");
const transport = new Transport(dispatch);
const requests = new RequestList((id) => dispatch({ type: "select", id }));
const announcer = element("div", "unseen", { role: "status" });
const empty = emptyState();
const keys = element("p", "keys", {
  text: l10n.t("← → pass   Home End first, last   Space play   L live   Tab to the code, then arrows: token by token"),
});
const canvas = element("section", "canvas", { label: l10n.t("Canvas"), children: [code.root, waiting] });
const stage = element("div", "stage", { children: [summary.root, canvas, transport.root, legend(), summary.figures, keys] });
const layout = element("div", "layout", { children: [stage, requests.root] });
root?.append(layout, empty, announcer);

function dispatch(action: ViewAction): void {
  const before = state;
  state = reduce(before, action);
  if (state === before) return;
  const wantsSteps = state.selected !== undefined && state.loaded === undefined;
  if (wantsSteps && (before.loaded !== undefined || before.selected !== state.selected || before.heads.length === 0)) {
    host.postMessage({ type: "watch", id: state.selected! });
  }
  host.setState(toStore(state));
  planTick();
  announce(before, action);
  if (isFramePlanned) return;
  isFramePlanned = true;
  requestAnimationFrame(draw);
}

function planTick(): void {
  clearTimeout(playTimer);
  const delayMs = delayToNextMs(state);
  if (delayMs !== undefined) playTimer = setTimeout(() => dispatch({ type: "tick" }), delayMs);
}

function draw(): void {
  isFramePlanned = false;
  const previous = drawn;
  drawn = state;
  const head = selectedHead(state);
  empty.hidden = head !== undefined;
  layout.hidden = head === undefined;
  if (head === undefined) return;
  const last = state.loaded?.steps.at(-1);
  summary.update(head, { passes: last?.pass ?? 0, atMs: last?.atMs ?? 0, revealed: last ? stepFacts(last, undefined).revealed : 0 });
  requests.update(state.heads, state.selected);
  layout.classList.toggle("moving", state.isPlaying || isRunning(state));
  // Until the selected recording comes, the one before stays: following live requests would flicker otherwise.
  if (state.loaded === undefined) return;
  transport.update(state);
  const cells = shownStep(state)?.cells ?? [];
  const context = contextAround(state.loaded.before, state.loaded.after, head.place.line, cells);
  code.update(canvasLines(context, cells), cells, previous?.loaded?.id === state.loaded.id);
  waiting.hidden = state.loaded.steps.length > 0;
  waiting.textContent = isRunning(state)
    ? l10n.t("Waiting for the first pass …")
    : l10n.t("It ended before the first pass: {0}.", outcomeWords(head.outcome));
}

/** Speaks of steps that the reader chose, and of the end of a request; thirty steps a second would only be noise. */
function announce(before: ViewState, action: ViewAction): void {
  const head = selectedHead(state);
  const step = shownStep(state);
  const isChosen = (action.type === "goTo" || action.type === "stepBy") && before.stepIndex !== state.stepIndex;
  if (isChosen && step !== undefined && state.loaded !== undefined) {
    const { steps } = state.loaded;
    announcer.textContent = stepWords(step.pass, steps.at(-1)!.pass, stepFacts(step, steps[state.stepIndex - 1]));
  } else if (head !== undefined && head.id === before.selected && isRunning(before) && !isRunning(state)) {
    announcer.textContent = l10n.t("{0} line {1}: {2}", head.place.file, head.place.line, outcomeWords(head.outcome));
  }
}

window.addEventListener("message", (event: MessageEvent<HostMessage>) => dispatch({ type: "message", message: event.data }));
window.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target instanceof HTMLSelectElement) return;
  // A focused button takes Space itself.
  if (event.key === " " && event.target instanceof HTMLButtonElement) return;
  const action = keyAction(event.key, state);
  if (action === undefined) return;
  event.preventDefault();
  dispatch(action);
});
draw();
host.postMessage({ type: "ready" });
