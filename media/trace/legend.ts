import * as l10n from "@vscode/l10n";
import { CONFIDENCE_LEVELS } from "./confidenceLevel";
import { element } from "./element";
import { levelWords } from "./words";

/** What the colours and underlines say, drawn with the very classes of the canvas. */
export function legend(): HTMLElement {
  const sample = (className: string, text: string, words: string, level?: number): HTMLElement => {
    const drawn = element("span", `cell ${className}`, { text, isHidden: true });
    if (level !== undefined) drawn.dataset.level = String(level);
    return element("span", "sample", { children: [drawn, words] });
  };
  const mask = element("span", "cell masked", { isHidden: true, children: [element("span", "piece mask", { text: "░░░" })] });
  const levels = CONFIDENCE_LEVELS.map(({ from, name }, level) =>
    sample("revealed", levelWords(name), level === 0 ? l10n.t("below") : `≥ ${Math.round(from * 100)} %`, level),
  ).reverse();
  return element("section", "legend", {
    label: l10n.t("Legend"),
    children: [
      element("span", "sample", { children: [mask, l10n.t("masked")] }),
      sample("drafted", l10n.t("token"), l10n.t("drafted"), 4),
      ...levels,
      sample("clamped", l10n.t("given"), l10n.t("clamped")),
      sample("tail", l10n.t("tail"), l10n.t("cut off"), 4),
    ],
  });
}
