import type { InfillRequest } from "../backends/infiller";
import type { ContextBudget } from "./contextBudget";
import type { CanvasTokenizer } from "./denoiser";
import { headStart } from "./headStart";

/** Where a canvas was anchored: what stands between its P and its S was not written yet, or is its head. */
export interface Anchor {
  /** the file's text before it, as the request gave it */
  readonly prefix: string;
  readonly suffix: string;
}

/**
 * Where P ends: at the beginning of the cursor's line; but where the last canvas's anchor stands a few lines above and all else is as it was, it stays
 * there. So a new line costs its few tokens: a new anchor would move S, and all of S and M would be computed anew. In training, too, M holds whole lines.
 * @returns UTF-16 index into `prefix`
 */
export function findAnchor(
  { prefix, suffix, region }: InfillRequest,
  tokenizer: CanvasTokenizer,
  budget: ContextBudget,
  last?: Anchor,
): number {
  if (last !== undefined && region !== "span" && last.suffix === suffix && prefix.startsWith(last.prefix)) {
    const { headTokens, charsPerToken } = budget;
    const head = prefix.slice(last.prefix.length);
    if (head.length <= headTokens * charsPerToken && tokenizer.encode(head).length <= headTokens) return last.prefix.length;
  }
  const lineStart = prefix.lastIndexOf("\n") + 1;
  return lineStart + headStart(prefix.slice(lineStart), tokenizer, budget);
}
