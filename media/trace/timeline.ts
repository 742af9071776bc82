import * as l10n from "@vscode/l10n";
import type { DenoisingStep } from "../../src/backends/infiller";
import { element } from "./element";
import { stepFacts } from "./stepFacts";

const WIDEST_BAR_PX = 56;

/** A bar for each step, revealed below, drafted, masked above; over them a range input, which is what the keyboard and a screen reader use. */
export class Timeline {
  readonly root: HTMLElement;
  private readonly bars = element("div", "bars", { isHidden: true });
  private readonly range = element("input", "range", { label: l10n.t("Pass") });
  private drawn: readonly DenoisingStep[] = [];
  private tallest = 0;

  constructor(goTo: (index: number) => void) {
    this.range.type = "range";
    this.range.min = "0";
    this.range.oninput = () => goTo(Number(this.range.value));
    this.root = element("div", "timeline", { children: [this.bars, this.range] });
    // The pointer is read here, not by the input: its thumb's centre is not a bar's centre.
    const goToPointer = (event: PointerEvent): void => {
      const box = this.bars.getBoundingClientRect();
      const index = Math.floor(((event.clientX - box.left) / box.width) * this.drawn.length);
      if (this.drawn.length > 0) goTo(Math.min(this.drawn.length - 1, Math.max(0, index)));
    };
    this.root.addEventListener("pointerdown", (event) => {
      this.root.setPointerCapture(event.pointerId);
      this.range.focus({ preventScroll: true });
      event.preventDefault();
      goToPointer(event);
    });
    this.root.addEventListener("pointermove", (event) => {
      if (this.root.hasPointerCapture(event.pointerId)) goToPointer(event);
    });
  }

  /** @param words what a screen reader says of the step shown */
  update(steps: readonly DenoisingStep[], shown: number, words: string): void {
    this.range.max = String(Math.max(0, steps.length - 1));
    this.range.value = String(shown);
    this.range.disabled = steps.length < 2;
    this.range.setAttribute("aria-valuetext", words);
    const tallest = Math.max(1, ...steps.map((step) => step.cells.length));
    for (const [index, step] of steps.entries()) {
      if (this.drawn[index] !== step || this.tallest !== tallest) this.drawBar(index, step, tallest);
    }
    while (this.bars.childElementCount > steps.length) this.bars.lastElementChild?.remove();
    // A few bars are not stretched over the whole width.
    this.bars.style.maxWidth = `${steps.length * WIDEST_BAR_PX}px`;
    this.drawn = steps;
    this.tallest = tallest;
    this.bars.querySelector(".shown")?.classList.remove("shown");
    this.bars.children[shown]?.classList.add("shown");
    this.bars.classList.toggle("dense", steps.length > 120);
  }

  private drawBar(index: number, step: DenoisingStep, tallest: number): void {
    const facts = stepFacts(step, undefined);
    const clamped = step.cells.length - facts.masked - facts.drafted - facts.revealed;
    const parts = [
      ["masked", facts.masked],
      ["drafted", facts.drafted],
      ["revealed", facts.revealed],
      ["clamped", clamped],
    ] as const;
    const made = element("div", "pass-bar");
    for (const [name, count] of parts) {
      if (count === 0) continue;
      const part = element("span", name);
      part.style.height = `${(count / tallest) * 100}%`;
      made.append(part);
    }
    const old = this.bars.children[index];
    if (old === undefined) this.bars.append(made);
    else old.replaceWith(made);
  }
}
