import { CONFIDENCE_LEVELS } from "./confidenceLevel";
import { element } from "./element";

/** What the colours and underlines say, drawn with the very classes of the canvas. */
export function legend(): HTMLElement {
  const sample = (className: string, text: string, words: string, level?: number): HTMLElement => {
    const drawn = element("span", `cell ${className}`, { text, isHidden: true });
    if (level !== undefined) drawn.dataset.level = String(level);
    return element("span", "sample", { children: [drawn, words] });
  };
  const mask = element("span", "cell masked", { isHidden: true, children: [element("span", "piece mask", { text: "░░░" })] });
  const levels = CONFIDENCE_LEVELS.map(({ from, name }, level) =>
    sample("revealed", name, level === 0 ? "below" : `≥ ${Math.round(from * 100)} %`, level),
  ).reverse();
  return element("section", "legend", {
    label: "Legend",
    children: [
      element("span", "sample", { children: [mask, "masked"] }),
      sample("drafted", "token", "drafted", 4),
      ...levels,
      sample("clamped", "given", "clamped"),
      sample("tail", "tail", "cut off", 4),
    ],
  });
}
