import type { InfillRequest } from "../backends/infiller";
import type { ContextBudget } from "./contextBudget";
import type { CanvasTokenizer, SpecialTokens } from "./denoiser";

/** A path says in its last folder and its name what kind of file it is; more would only cost tokens. */
const PATH_PARTS = 2;
const PATH_TOKENS = 24;

/** Tokens ahead of P, and all that they were made of. */
export interface Ahead {
  readonly of: string;
  readonly tokens: readonly number[];
}

/** Names all that a request has ahead of P: where it is the same, the tokens are. */
export function aheadOf({ path, related = [] }: Pick<InfillRequest, "path" | "related">): string {
  return JSON.stringify([path ?? null, ...related.map((piece) => [piece.path, piece.text])]);
}

/**
 * What stands ahead of P: pieces of related files, the most relevant last, then the file's own path, each behind `<file>`. The layout of the training:
 * `<file> path newline text`. Empty where the model knows no `<file>`, or the request names no path: a file's text without its path never comes after one with.
 */
export function aheadTokens(
  { path, related = [] }: Pick<InfillRequest, "path" | "related">,
  tokenizer: CanvasTokenizer,
  special: SpecialTokens,
  budget: ContextBudget,
): number[] {
  const { file } = special;
  if (file === undefined || path === undefined) return [];
  const own = [file, ...tokenizer.encode(`${shortPath(path)}\n`).slice(0, PATH_TOKENS)];
  const pieces: number[][] = [];
  let room = budget.relatedTokens;
  // the most relevant stand nearest, and are the last to be left out
  for (const piece of related.toReversed()) {
    const tokens = [file, ...tokenizer.encode(`${shortPath(piece.path)}\n${piece.text}`).slice(0, budget.pieceTokens)];
    if (tokens.length > room) break;
    room -= tokens.length;
    pieces.unshift(tokens);
  }
  return [...pieces.flat(), ...own];
}

function shortPath(path: string): string {
  return path.split(/[\\/]/).slice(-PATH_PARTS).join("/");
}
