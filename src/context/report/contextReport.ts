import type { RelatedPiece } from "../../backends/infiller";
import type { ContextBudget } from "../../diffusion/contextBudget";
import { explainLeftOut } from "../leftOut";
import type { NotLookedFor, RelatedNote } from "../relatedNotes";
import { fenced } from "./fenced";
import type { RequestEnd, SentRequest } from "./lastRequest";

const REGIONS = { line: "the rest of the line", lines: "several lines", span: "the selected range" } as const;

const NOT_LOOKED_FOR: Readonly<Record<NotLookedFor, string>> = {
  off: "None: `unmask.context.related` is off.",
  notAFile: "None: this is no file on this machine's disk.",
  notReadYet: "None: the related files had not been read yet.",
  saysEnough: "None: the file says enough itself before the cursor.",
};

/**
 * What was sent to the engine for the last completion, as Markdown. Pure.
 * @param note why the pieces are what they are; undefined: nobody said
 * @param budget what the engine cuts to
 */
export function contextReport({ request, deadlineMs, end }: SentRequest, note: RelatedNote | undefined, budget: ContextBudget): string {
  const { prefix, suffix, path, related = [] } = request;
  return [
    "# Context of the last completion",
    "This is what was sent to the engine, a process on this machine. It is kept in memory until the next completion, and nowhere else.",
    [
      `- path: ${path === undefined ? "none, the document has no name" : `\`${path}\``}; the model sees its last folder and its name`,
      `- language: \`${request.languageId}\``,
      `- to fill: ${REGIONS[request.region]} (\`${request.region}\`), at most ${request.maxTokens} tokens`,
      `- sampler: \`${request.sampler}\`, ${request.blockSize === undefined ? "masks in a block as the model says" : `${request.blockSize} masks in a block`}`,
      `- time: ${deadlineMs === undefined ? "no limit" : `at most ${Math.round(deadlineMs)} ms`}`,
      `- ${outcome(end)}`,
    ].join("\n"),
    "## Pieces of related files",
    ...piecesSection(related, note, path !== undefined, budget),
    "## Before the region",
    `${count(prefix.length, "character")}; the engine takes the end of it, at most ${budget.prefixTokens} tokens and those of the cursor's line.`,
    fenced(prefix),
    "## After the region",
    `${count(suffix.length, "character")}; the engine takes the beginning of it, at most ${budget.suffixTokens} tokens.`,
    fenced(suffix),
    "",
  ].join("\n\n");
}

function outcome(end: RequestEnd): string {
  switch (end.kind) {
    case "running":
      return "it is running still";
    case "failed":
      return `it failed: ${end.message}`;
    case "answered": {
      const { prefillTokens, cachedTokens, ended, model } = end.infill;
      const read = prefillTokens + cachedTokens;
      if (read === 0) return `it ended (${ended}) before the engine read anything`;
      return `\`${model}\` read ${count(read, "token")} of it: ${cachedTokens} known from before, ${prefillTokens} new; it ended by \`${ended}\``;
    }
  }
}

function piecesSection(related: readonly RelatedPiece[], note: RelatedNote | undefined, hasPath: boolean, budget: ContextBudget): string[] {
  const { relatedTokens, pieceTokens } = budget;
  const room = `The engine takes the last of these first, at most ${relatedTokens} tokens in all and ${pieceTokens} of each.`;
  const pieces = related.flatMap(({ path, text }, index) => [
    `### \`${path}\``,
    `${why(note, index)} ${count(text.length, "character")}.`,
    fenced(text),
  ]);
  const none = !hasPath
    ? "None: a document without a name gets none."
    : note?.notLookedFor !== undefined
      ? NOT_LOOKED_FOR[note.notLookedFor]
      : "None: nothing near the cursor is defined in the files that were looked at.";
  const leftOut = note?.leftOut ?? [];
  return [
    ...(related.length > 0 ? [room, ...pieces] : [none]),
    ...(leftOut.length > 0
      ? ["### Files left out", leftOut.map(({ path, reason }) => `- \`${path}\`: ${explainLeftOut(reason)}`).join("\n")]
      : []),
  ];
}

function why(note: RelatedNote | undefined, index: number): string {
  const chosen = note?.chosen[index];
  if (chosen === undefined) return "";
  const { name, isNear, isEdited, source } = chosen;
  const reasons = [
    isNear ? `\`${name}\` stands near the cursor` : `\`${name}\` was edited a moment ago`,
    ...(isNear && isEdited ? ["its definition was edited a moment ago"] : []),
    source === "imported" ? "this file imports that one" : "that file is open or was edited lately",
  ];
  return `${reasons.join("; ")}.`;
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}
