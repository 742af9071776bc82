import type { UsageFigures } from "../../src/usage/usageSummary";
import { element } from "../trace/element";
import { countWords, durationWords, NOTHING, shareWords } from "./words";

/** The numbers that one looks for first, each with what it means. */
export function figures(total: UsageFigures): HTMLElement {
  const chars = total.offers === 0 ? NOTHING : countWords(total.acceptedChars);
  const list = [
    figure("Accepted characters", chars, "taken by Tab, or word by word"),
    figure("Share accepted", shareWords(total.shareAccepted), "of the suggestions that could be read"),
    figure("Time to accept", durationWords(total.acceptMedianMs), "median, from the first showing"),
    figure("Latency, median", durationWords(total.latencyMedianMs), "from VS Code's question to the answer"),
    figure("Latency, 95 %", durationWords(total.latency95Ms), "one in twenty takes longer"),
  ];
  return element("dl", "figures", { children: list });
}

function figure(name: string, value: string, hint: string): HTMLElement {
  return element("div", value === NOTHING ? "figure none" : "figure", {
    children: [element("dt", "", { text: name }), element("dd", "value", { text: value }), element("dd", "hint", { text: hint })],
  });
}
