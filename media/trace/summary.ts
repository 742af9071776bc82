import type { RecordingHead } from "../../src/trace/traceProtocol";
import { element } from "./element";
import { milliseconds, outcomeWords, REGION_WORDS } from "./words";

/** The header: which request, how it ended, and what it took. */
export class Summary {
  readonly root = element("header", "summary");
  private signature = "";

  update(head: RecordingHead): void {
    const signature = JSON.stringify(head);
    if (this.signature === signature) return;
    this.signature = signature;
    const { outcome, place } = head;
    const pill = element("span", "pill", { children: [element("span", "dot", { isHidden: true }), outcomeWords(outcome)] });
    pill.dataset.outcome = outcome.kind === "finished" ? outcome.ended : outcome.kind;
    const model = outcome.kind === "finished" ? [outcome.model] : [];
    const details = [REGION_WORDS[head.region], head.languageId, `sampler ${head.sampler}`, ...model].join("  ·  ");
    const title = element("div", "title", {
      children: [
        element("span", "mark", { isHidden: true, children: Array.from({ length: 6 }, () => element("i")) }),
        element("h1", "", { text: place.file, title: place.file, children: [element("span", "line", { text: `:${place.line}` })] }),
        pill,
      ],
    });
    this.root.replaceChildren(title, element("p", "details", { text: details }), ...notes(head), tiles(head));
  }
}

function notes({ outcome, isThinned }: RecordingHead): HTMLElement[] {
  const texts = [
    ...(outcome.kind === "failed" ? [outcome.message] : []),
    ...(outcome.kind === "finished" && !outcome.fits ? ["The answer did not lead into the code behind the region."] : []),
    ...(isThinned ? ["A long request: some passes between were dropped to save memory."] : []),
  ];
  return texts.map((text) => element("p", outcome.kind === "failed" ? "note failed" : "note", { text }));
}

function tiles({ outcome }: RecordingHead): HTMLElement {
  if (outcome.kind !== "finished") return element("dl", "tiles");
  const { passes, writtenTokens, times, cachedTokens, prefillTokens } = outcome;
  const figures = [
    ["passes", String(passes), ""],
    ["tokens / pass", passes === 0 ? "–" : (writtenTokens / passes).toFixed(2), `${writtenTokens} tokens written`],
    ["time", milliseconds(times.totalMs), `${milliseconds(times.queuedMs)} waiting`],
    ["prefill", milliseconds(times.prefillMs), `${prefillTokens} new, ${cachedTokens} cached`],
    ["denoise", milliseconds(times.denoiseMs), passes === 0 ? "" : `${milliseconds(times.denoiseMs / passes)} a pass`],
  ] as const;
  const made = figures.map(([name, value, detail]) =>
    element("div", "tile", {
      children: [element("dt", "", { text: name }), element("dd", "", { text: value }), element("dd", "detail", { text: detail })],
    }),
  );
  return element("dl", "tiles", { children: made });
}
