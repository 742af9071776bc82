import * as l10n from "@vscode/l10n";
import { element } from "./element";
import { SPEEDS } from "./playback";
import { stepFacts } from "./stepFacts";
import { Timeline } from "./timeline";
import { isRunning, lastIndex, shownStep, type ViewAction, type ViewState } from "./viewState";
import { milliseconds, stepWords } from "./words";

/** Where the pass stands in its sentence: it is an element of its own. */
const PASS_HERE = "\u0000";

/** The controls below the canvas: a bar a pass, the scrub bar over them, and the buttons. */
export class Transport {
  readonly root: HTMLElement;
  private readonly timeline: Timeline;
  private readonly first = iconButton("first", l10n.t("First pass (Home)"));
  private readonly back = iconButton("back", l10n.t("Pass before (Left arrow)"));
  private readonly play = iconButton("play", l10n.t("Play (Space)"));
  private readonly forward = iconButton("forward", l10n.t("Next pass (Right arrow)"));
  private readonly last = iconButton("last", l10n.t("Last pass (End)"));
  private readonly live = element("button", "live", { title: l10n.t("Follow the newest request while it runs (L)") });
  private readonly speed = element("select", "speed", { label: l10n.t("Speed of the replay"), title: l10n.t("Speed of the replay") });
  private readonly pass = element("span", "pass");
  private readonly facts = element("span", "facts");

  constructor(dispatch: (action: ViewAction) => void) {
    this.timeline = new Timeline((index) => dispatch({ type: "goTo", index }));
    for (const speed of SPEEDS) this.speed.append(element("option", "", { text: `${speed}×` }));
    SPEEDS.forEach((speed, index) => (this.speed.options[index]!.value = String(speed)));
    this.live.append(element("span", "dot", { isHidden: true }), l10n.t("Live"));
    this.first.onclick = () => dispatch({ type: "goTo", index: 0 });
    this.back.onclick = () => dispatch({ type: "stepBy", count: -1 });
    this.play.onclick = () => dispatch({ type: "togglePlay" });
    this.forward.onclick = () => dispatch({ type: "stepBy", count: 1 });
    this.last.onclick = () => dispatch({ type: "goTo", index: Number.MAX_SAFE_INTEGER });
    this.live.onclick = () => dispatch({ type: "setLive", isLive: this.live.getAttribute("aria-pressed") !== "true" });
    this.speed.onchange = () => dispatch({ type: "setSpeed", speed: Number(this.speed.value) });
    const buttons = element("div", "buttons", {
      role: "group",
      label: l10n.t("Replay"),
      children: [this.first, this.back, this.play, this.forward, this.last, this.speed, this.live],
    });
    const readout = element("div", "readout", { isHidden: true, children: [this.pass, this.facts] });
    const controls = element("div", "controls", { children: [buttons, readout] });
    this.root = element("section", "transport", { label: l10n.t("Passes"), children: [this.timeline.root, controls] });
  }

  update(state: ViewState): void {
    const steps = state.loaded?.steps ?? [];
    const step = shownStep(state);
    const facts = step && stepFacts(step, steps[state.stepIndex - 1]);
    const lastPass = steps.at(-1)?.pass ?? 0;
    this.timeline.update(steps, state.stepIndex, step && facts ? stepWords(step.pass, lastPass, facts) : l10n.t("no pass yet"));

    const end = lastIndex(state);
    this.first.disabled = this.back.disabled = state.stepIndex === 0;
    this.last.disabled = this.forward.disabled = state.stepIndex >= end;
    this.play.disabled = end === 0;
    this.play.dataset.icon = state.isPlaying ? "pause" : "play";
    this.play.setAttribute("aria-label", state.isPlaying ? l10n.t("Pause (Space)") : l10n.t("Play (Space)"));
    this.play.title = this.play.getAttribute("aria-label") ?? "";
    this.speed.value = String(state.speed);
    this.live.setAttribute("aria-pressed", String(state.isLive));
    this.live.classList.toggle("running", state.isLive && isRunning(state));

    this.pass.replaceChildren();
    this.facts.replaceChildren();
    if (step === undefined || facts === undefined) return;
    const [before = "", after = ""] = l10n.t("pass {0} of {1}", PASS_HERE, lastPass).split(PASS_HERE);
    this.pass.append(before, element("b", "", { text: String(step.pass) }), after);
    const figures: (readonly [string, string])[] = [
      [l10n.t("at"), milliseconds(step.atMs)],
      [l10n.t("took"), milliseconds(facts.tookMs)],
      [l10n.t("new"), `+${facts.newlyRevealed}`],
      [l10n.t("masked"), String(facts.masked)],
      ...(facts.drafted > 0 ? [[l10n.t("drafted"), String(facts.drafted)] as const] : []),
      ...(facts.remasked > 0 ? [[l10n.t("remasked"), String(facts.remasked)] as const] : []),
    ];
    for (const [name, value] of figures)
      this.facts.append(element("span", "figure", { children: [`${name} `, element("b", "", { text: value })] }));
  }
}

function iconButton(icon: string, label: string): HTMLButtonElement {
  const made = element("button", "icon", { label, title: label });
  made.dataset.icon = icon;
  return made;
}
