/** The statistics page: draws what the extension sends, and asks it to export or to delete. */
import * as l10n from "@vscode/l10n";
import { FATES } from "../../src/usage/offer";
import type { StatisticsMessage, StatisticsRequest } from "../../src/usage/statisticsProtocol";
import { speakPagesLanguage } from "../speakPagesLanguage";
import { element } from "../trace/element";
import { dayPlot } from "./dayPlot";
import { figures } from "./figures";
import { table } from "./table";
import { countWords, dayWords, durationWords, fateHint, fateWords, shareWords } from "./words";

declare function acquireVsCodeApi(): { postMessage(message: StatisticsRequest): void };

const host = acquireVsCodeApi();
const root = document.getElementById("statistics");
speakPagesLanguage(root);
const content = element("div", "content");
const note = element("p", "note");
const actions = element("div", "actions", {
  children: [button(l10n.t("Export…"), "export"), button(l10n.t("Delete…"), "delete")],
});
let shown = "";

root?.append(
  element("header", "", { children: [element("h1", "", { text: l10n.t("What became of the suggestions") }), actions] }),
  content,
  note,
);

function button(text: string, type: StatisticsRequest["type"]): HTMLButtonElement {
  const made = element("button", "", { text });
  made.type = "button";
  made.addEventListener("click", () => host.postMessage({ type }));
  return made;
}

function draw({ summary, isCounting }: StatisticsMessage): void {
  const { total, languages, days, since } = summary;
  note.textContent = [
    since === undefined ? "" : l10n.t("Counted since {0} {1}.", dayWords(since), since.slice(0, 4)),
    l10n.t("The counts stay on this machine, and hold nothing of what you write."),
    isCounting
      ? l10n.t("The setting {0} switches counting off.", "unmask.statistics")
      : l10n.t("Counting is off: the setting {0} switches it on.", "unmask.statistics"),
  ]
    .join(" ")
    .trim();
  if (total.offers === 0) {
    content.replaceChildren(
      figures(total),
      element("p", "empty", { text: l10n.t("No suggestion has been shown yet: type in a file until one appears.") }),
    );
    return;
  }
  const daysWithOffers = days.filter(({ offers }) => offers > 0).toReversed();
  content.replaceChildren(
    figures(total),
    section(l10n.t("Accepted characters a day"), [
      dayPlot(days),
      details(
        l10n.t("The same as a table"),
        table(
          l10n.t("The last {0} days, without those that had no suggestion", days.length),
          [l10n.t("Day"), l10n.t("Accepted characters"), l10n.t("Suggestions")],
          daysWithOffers.map(({ day, acceptedChars, offers }) => [dayWords(day), countWords(acceptedChars), countWords(offers)]),
        ),
      ),
    ]),
    section(l10n.t("By language"), [
      table(
        l10n.t("All that is counted, by language"),
        [
          l10n.t("Language"),
          l10n.t("Suggestions"),
          l10n.t("Accepted characters"),
          l10n.t("Share accepted"),
          l10n.t("Time to accept"),
          l10n.t("Latency, median"),
          l10n.t("Latency, 95 %"),
        ],
        languages.map(({ languageId, figures: of }) => [
          ...[languageId, countWords(of.offers), countWords(of.acceptedChars), shareWords(of.shareAccepted)],
          ...[durationWords(of.acceptMedianMs), durationWords(of.latencyMedianMs), durationWords(of.latency95Ms)],
        ]),
      ),
    ]),
    section(l10n.t("By what became of them"), [
      table(
        l10n.t("All suggestions, by what became of them"),
        [l10n.t("What became of it"), l10n.t("Suggestions"), l10n.t("That is")],
        FATES.map((fate) => [fateWords(fate), countWords(total.fates[fate]), fateHint(fate)]),
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
