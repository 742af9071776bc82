import * as l10n from "@vscode/l10n";
import type { UsageFigures } from "../../src/usage/usageSummary";
import { element } from "../trace/element";
import { countWords, durationWords, nothingYet, shareWords } from "./words";

/** The numbers that one looks for first, each with what it means. */
export function figures(total: UsageFigures): HTMLElement {
  const chars = total.offers === 0 ? nothingYet() : countWords(total.acceptedChars);
  const list = [
    figure(l10n.t("Accepted characters"), chars, l10n.t("taken by Tab, or word by word")),
    figure(l10n.t("Share accepted"), shareWords(total.shareAccepted), l10n.t("of the suggestions that could be read")),
    figure(l10n.t("Time to accept"), durationWords(total.acceptMedianMs), l10n.t("median, from the first showing")),
    figure(l10n.t("Latency, median"), durationWords(total.latencyMedianMs), l10n.t("from VS Code's question to the answer")),
    figure(l10n.t("Latency, 95 %"), durationWords(total.latency95Ms), l10n.t("one in twenty takes longer")),
  ];
  return element("dl", "figures", { children: list });
}

function figure(name: string, value: string, hint: string): HTMLElement {
  return element("div", value === nothingYet() ? "figure none" : "figure", {
    children: [element("dt", "", { text: name }), element("dd", "value", { text: value }), element("dd", "hint", { text: hint })],
  });
}
