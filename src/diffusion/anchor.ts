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
 * Where P ends: at the beginning of the cursor's line; but where an earlier canvas's anchor stands a few lines above and all else is as it was, it stays
 * there. So a new line costs its few tokens: a new anchor would move S, and all of S and M would be computed anew. In training, too, M holds whole lines.
 * @param earlier anchors of earlier canvases; the first that may stay does
 * @returns UTF-16 index into `prefix`
 */
export function findAnchor(
  { prefix, suffix, region }: InfillRequest,
  tokenizer: CanvasTokenizer,
  budget: ContextBudget,
  earlier: readonly Anchor[] = [],
): number {
  const { headTokens, charsPerToken } = budget;
  const isNear = (anchor: Anchor): boolean => {
    const head = prefix.slice(anchor.prefix.length);
    return head.length <= headTokens * charsPerToken && tokenizer.encode(head).length <= headTokens;
  };
  const stays = earlier.find((anchor) => anchor.suffix === suffix && prefix.startsWith(anchor.prefix) && isNear(anchor));
  if (stays !== undefined && region !== "span") return stays.prefix.length;
  const lineStart = prefix.lastIndexOf("\n") + 1;
  return lineStart + headStart(prefix.slice(lineStart), tokenizer, budget);
}
