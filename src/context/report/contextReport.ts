import * as l10n from "@vscode/l10n";
import type { RegionKind, RelatedPiece } from "../../backends/infiller";
import type { ContextBudget } from "../../diffusion/contextBudget";
import { uiLanguage } from "../../words/uiLanguage";
import type { RelatedSource } from "../chooseRelated";
import type { WorkKind } from "../recentWork";
import { explainLeftOut } from "../leftOut";
import type { NotLookedFor, RelatedNote } from "../relatedNotes";
import { fenced } from "./fenced";
import type { RequestEnd, SentRequest } from "./lastRequest";

function regionWords(region: RegionKind): string {
  switch (region) {
    case "line":
      return l10n.t("the rest of the line");
    case "lines":
      return l10n.t("several lines");
    case "span":
      return l10n.t("the selected range");
  }
}

function whyNotLookedFor(why: NotLookedFor): string {
  switch (why) {
    case "off":
      return l10n.t("None: {0} is off.", "`unmask.context.related`");
    case "notAFile":
      return l10n.t("None: this is no file on this machine's disk.");
    case "notReadYet":
      return l10n.t("None: the related files had not been read yet.");
    case "saysEnough":
      return l10n.t("None: the file says enough itself before the cursor.");
  }
}

/**
 * What was sent to the engine for the last completion, as Markdown. Pure.
 * @param note why the pieces are what they are; undefined: nobody said
 * @param budget what the engine cuts to
 */
export function contextReport({ request, deadlineMs, end }: SentRequest, note: RelatedNote | undefined, budget: ContextBudget): string {
  const { prefix, suffix, path, related = [] } = request;
  return [
    `# ${l10n.t("Context of the last completion")}`,
    l10n.t(
      "This is what was sent to the engine, a process on this machine. It is kept in memory until the next completion, and nowhere else.",
    ),
    [
      bullet(
        l10n.t(
          "path: {0}; the model sees its last folder and its name",
          path === undefined ? l10n.t("none, the document has no name") : `\`${path}\``,
        ),
      ),
      bullet(l10n.t("language: {0}", `\`${request.languageId}\``)),
      bullet(l10n.t("to fill: {0} ({1}), at most {2} tokens", regionWords(request.region), `\`${request.region}\``, request.maxTokens)),
      bullet(
        request.blockSize === undefined
          ? l10n.t("sampler: {0}, masks in a block as the model says", `\`${request.sampler}\``)
          : l10n.t("sampler: {0}, {1} masks in a block", `\`${request.sampler}\``, request.blockSize),
      ),
      bullet(deadlineMs === undefined ? l10n.t("time: no limit") : l10n.t("time: at most {0} ms", Math.round(deadlineMs))),
      bullet(outcome(end)),
    ].join("\n"),
    `## ${l10n.t("Pieces of related files")}`,
    ...piecesSection(related, note, path !== undefined, budget),
    `## ${l10n.t("Before the region")}`,
    l10n.t(
      "{0}; the engine takes the end of it, at most {1} tokens and those of the cursor's line.",
      characters(prefix.length),
      budget.prefixTokens,
    ),
    fenced(prefix),
    `## ${l10n.t("After the region")}`,
    l10n.t("{0}; the engine takes the beginning of it, at most {1} tokens.", characters(suffix.length), budget.suffixTokens),
    fenced(suffix),
    "",
  ].join("\n\n");
}

function outcome(end: RequestEnd): string {
  switch (end.kind) {
    case "running":
      return l10n.t("it is running still");
    case "failed":
      return l10n.t("it failed: {0}", end.message);
    case "answered": {
      const { prefillTokens, cachedTokens, ended, model } = end.infill;
      const read = prefillTokens + cachedTokens;
      if (read === 0) return l10n.t("it ended ({0}) before the engine read anything", ended);
      return l10n.t(
        "{0} read {1} of it: {2} known from before, {3} new; it ended by {4}",
        `\`${model}\``,
        tokens(read),
        cachedTokens,
        prefillTokens,
        `\`${ended}\``,
      );
    }
  }
}

function piecesSection(related: readonly RelatedPiece[], note: RelatedNote | undefined, hasPath: boolean, budget: ContextBudget): string[] {
  const { relatedTokens, pieceTokens } = budget;
  const room = l10n.t("The engine takes the last of these first, at most {0} tokens in all and {1} of each.", relatedTokens, pieceTokens);
  const pieces = related.flatMap(({ path, text }, index) => [
    `### \`${path}\``,
    `${why(note, index)} ${characters(text.length)}.`,
    fenced(text),
  ]);
  const none = !hasPath
    ? l10n.t("None: a document without a name gets none.")
    : note?.notLookedFor !== undefined
      ? whyNotLookedFor(note.notLookedFor)
      : l10n.t("None: nothing near the cursor is defined in the files that were looked at.");
  const leftOut = note?.leftOut ?? [];
  return [
    ...(related.length > 0 ? [room, ...pieces] : [none]),
    ...(leftOut.length > 0
      ? [`### ${l10n.t("Files left out")}`, leftOut.map(({ path, reason }) => `- \`${path}\`: ${explainLeftOut(reason)}`).join("\n")]
      : []),
  ];
}

function why(note: RelatedNote | undefined, index: number): string {
  const chosen = note?.chosen[index];
  if (chosen === undefined) return "";
  const { name, isNear, recently, source } = chosen;
  const reasons = [
    ...(isNear ? [l10n.t("{0} stands near the cursor", `\`${name}\``)] : []),
    ...(recently === undefined ? [] : [whatWasDone(recently, isNear ? undefined : `\`${name}\``)]),
    whySource(source),
  ];
  return `${reasons.join("; ")}.`;
}

/** @param name whose definition it was; undefined: it has just been named */
function whatWasDone(kind: WorkKind, name: string | undefined): string {
  switch (kind) {
    case "edited":
      return name === undefined ? l10n.t("its definition was edited a moment ago") : l10n.t("{0} was edited a moment ago", name);
    case "copied":
      return name === undefined ? l10n.t("its definition was copied from lately") : l10n.t("{0} was copied from lately", name);
  }
}

function whySource(source: RelatedSource): string {
  switch (source) {
    case "imported":
      return l10n.t("this file imports that one");
    case "declared":
      return l10n.t("a language server led from this file to that one");
    case "found":
      return l10n.t("a search of the project found it");
    case "open":
      return l10n.t("that file is open or was edited lately");
  }
}

function bullet(text: string): string {
  return `- ${text}`;
}

function characters(count: number): string {
  return count === 1 ? l10n.t("1 character") : l10n.t("{0} characters", count.toLocaleString(uiLanguage()));
}

function tokens(count: number): string {
  return count === 1 ? l10n.t("1 token") : l10n.t("{0} tokens", count.toLocaleString(uiLanguage()));
}
