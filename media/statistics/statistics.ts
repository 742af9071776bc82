/** The statistics page: draws what the extension sends, and asks it to export or to delete. */
import { FATES } from "../../src/usage/offer";
import type { StatisticsMessage, StatisticsRequest } from "../../src/usage/statisticsProtocol";
import { element } from "../trace/element";
import { dayPlot } from "./dayPlot";
import { figures } from "./figures";
import { table } from "./table";
import { countWords, dayWords, durationWords, FATE_HINTS, FATE_WORDS, shareWords } from "./words";

declare function acquireVsCodeApi(): { postMessage(message: StatisticsRequest): void };

const host = acquireVsCodeApi();
const content = element("div", "content");
const note = element("p", "note");
const actions = element("div", "actions", {
  children: [button("Export…", "export"), button("Delete…", "delete")],
});
let shown = "";

document
  .getElementById("statistics")
  ?.append(element("header", "", { children: [element("h1", "", { text: "What became of the suggestions" }), actions] }), content, note);

function button(text: string, type: StatisticsRequest["type"]): HTMLButtonElement {
  const made = element("button", "", { text });
  made.type = "button";
  made.addEventListener("click", () => host.postMessage({ type }));
  return made;
}

function draw({ summary, isCounting }: StatisticsMessage): void {
  const { total, languages, days, since } = summary;
  note.textContent = [
    since === undefined ? "" : `Counted since ${dayWords(since)} ${since.slice(0, 4)}.`,
    "The counts stay on this machine, and hold nothing of what you write.",
    isCounting ? "The setting unmask.statistics switches counting off." : "Counting is off: the setting unmask.statistics switches it on.",
  ]
    .join(" ")
    .trim();
  if (total.offers === 0) {
    content.replaceChildren(
      figures(total),
      element("p", "empty", { text: "No suggestion has been shown yet: type in a file until one appears." }),
    );
    return;
  }
  const daysWithOffers = days.filter(({ offers }) => offers > 0).toReversed();
  content.replaceChildren(
    figures(total),
    section("Accepted characters a day", [
      dayPlot(days),
      details(
        "The same as a table",
        table(
          `The last ${days.length} days, without those that had no suggestion`,
          ["Day", "Accepted characters", "Suggestions"],
          daysWithOffers.map(({ day, acceptedChars, offers }) => [dayWords(day), countWords(acceptedChars), countWords(offers)]),
        ),
      ),
    ]),
    section("By language", [
      table(
        "All that is counted, by language",
        ["Language", "Suggestions", "Accepted characters", "Share accepted", "Time to accept", "Latency, median", "Latency, 95 %"],
        languages.map(({ languageId, figures: of }) => [
          ...[languageId, countWords(of.offers), countWords(of.acceptedChars), shareWords(of.shareAccepted)],
          ...[durationWords(of.acceptMedianMs), durationWords(of.latencyMedianMs), durationWords(of.latency95Ms)],
        ]),
      ),
    ]),
    section("By what became of them", [
      table(
        "All suggestions, by what became of them",
        ["What became of it", "Suggestions", "That is"],
        FATES.map((fate) => [FATE_WORDS[fate], countWords(total.fates[fate]), FATE_HINTS[fate]]),
      ),
    ]),
  );
}

function section(title: string, children: readonly Node[]): HTMLElement {
  return element("section", "", { label: title, children: [element("h2", "", { text: title }), ...children] });
}

function details(summary: string, body: Node): HTMLElement {
  return element("details", "", { children: [element("summary", "", { text: summary }), body] });
}

window.addEventListener("message", ({ data }: MessageEvent<StatisticsMessage>) => {
  // The same again would close what is unfolded, and take the focus.
  const text = JSON.stringify(data);
  if (text === shown) return;
  shown = text;
  const isUnfolded = content.querySelector("details")?.open === true;
  draw(data);
  const unfolded = content.querySelector("details");
  if (unfolded !== null) unfolded.open = isUnfolded;
});
host.postMessage({ type: "ready" });
