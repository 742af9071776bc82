import * as l10n from "@vscode/l10n";
import type { RecordingHead } from "../../src/trace/traceProtocol";
import { decimals } from "../../src/words/decimals";
import { element } from "./element";
import { splitPath } from "./splitPath";
import { milliseconds, outcomeWords, regionWords } from "./words";

/** How far a running request has come. */
export interface Progress {
  readonly passes: number;
  /** tokens */
  readonly revealed: number;
  /** since the request reached the engine */
  readonly atMs: number;
}

/** Which request, and how it ended; and the figures of what it took, which stand below the canvas: the code is what people come to see. */
export class Summary {
  readonly root = element("header", "summary");
  readonly figures = element("dl", "tiles");
  private signature = "";

  update(head: RecordingHead, progress: Progress): void {
    const signature = JSON.stringify([head, head.outcome.kind === "running" ? progress : undefined]);
    if (this.signature === signature) return;
    this.signature = signature;
    const { outcome, place } = head;
    const pill = element("span", "pill", { children: [element("span", "dot", { isHidden: true }), outcomeWords(outcome)] });
    pill.dataset.outcome = outcome.kind === "finished" ? outcome.ended : outcome.kind;
    const model = outcome.kind === "finished" ? [outcome.model] : [];
    const details = [regionWords(head.region), head.languageId, l10n.t("sampler {0}", head.sampler), ...model].join("  ·  ");
    const { folder, name } = splitPath(place.file);
    const title = element("div", "title", {
      children: [
        element("h1", "", {
          title: place.file,
          children: [
            // A long path loses letters of its folders, never the file's name.
            element("span", "folder", { text: folder }),
            element("span", "name", { text: name, children: [element("span", "line", { text: `:${place.line}` })] }),
          ],
        }),
        pill,
      ],
    });
    const mark = element("span", "mark", { isHidden: true, children: Array.from({ length: 6 }, () => element("i")) });
    const brand = element("p", "brand", { children: [mark, element("b", "", { text: "Unmask" }), l10n.t("denoising trace")] });
    this.root.replaceChildren(brand, title, element("p", "details", { text: details }), ...notes(head));
    this.figures.replaceChildren(...figures(head, progress).map(tile));
  }
}

function notes({ outcome, isThinned }: RecordingHead): HTMLElement[] {
  const texts = [
    ...(outcome.kind === "failed" ? [outcome.message] : []),
    ...(outcome.kind === "finished" && !outcome.fits ? [l10n.t("The answer did not lead into the code behind the region.")] : []),
    ...(isThinned ? [l10n.t("A long request: some passes between were dropped to save memory.")] : []),
  ];
  return texts.map((text) => element("p", outcome.kind === "failed" ? "note failed" : "note", { text }));
}

type Figure = readonly [name: string, value: string, detail: string];

function figures({ outcome }: RecordingHead, progress: Progress): Figure[] {
  switch (outcome.kind) {
    case "failed":
      return [];
    case "running":
      return [
        [l10n.t("passes"), String(progress.passes), l10n.t("so far")],
        [l10n.t("tokens / pass"), perPass(progress.revealed, progress.passes), l10n.t("{0} revealed", progress.revealed)],
        [l10n.t("time"), milliseconds(progress.atMs), ""],
        [l10n.t("prefill"), "–", ""],
        [l10n.t("denoise"), "–", ""],
      ];
    case "finished": {
      const { passes, writtenTokens, times, cachedTokens, prefillTokens } = outcome;
      return [
        [l10n.t("passes"), String(passes), ""],
        [l10n.t("tokens / pass"), perPass(writtenTokens, passes), l10n.t("{0} written", writtenTokens)],
        [l10n.t("time"), milliseconds(times.totalMs), l10n.t("{0} waiting", milliseconds(times.queuedMs))],
        [l10n.t("prefill"), milliseconds(times.prefillMs), l10n.t("{0} + {1} cached", prefillTokens, cachedTokens)],
        [
          l10n.t("denoise"),
          milliseconds(times.denoiseMs),
          passes === 0 ? "" : l10n.t("{0} a pass", milliseconds(times.denoiseMs / passes)),
        ],
      ];
    }
  }
}

function perPass(tokens: number, passes: number): string {
  return passes === 0 ? "–" : decimals(tokens / passes, 2);
}

function tile([name, value, detail]: Figure): HTMLElement {
  const children = [element("dt", "", { text: name }), element("dd", "", { text: value }), element("dd", "detail", { text: detail })];
  return element("div", "tile", { children });
}
