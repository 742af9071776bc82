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
 * @param earlier canvases; the first whose anchor may stay decides
 * @returns UTF-16 index into `prefix`
 */
export function findAnchor(
  { prefix, suffix, region }: InfillRequest,
  tokenizer: CanvasTokenizer,
  budget: ContextBudget,
  earlier: readonly { readonly anchor: Anchor }[] = [],
): number {
  const { headTokens, charsPerToken } = budget;
  const mayStay = ({ anchor }: { readonly anchor: Anchor }): boolean => {
    if (anchor.suffix !== suffix || !prefix.startsWith(anchor.prefix)) return false;
    const head = prefix.slice(anchor.prefix.length);
    return head.length <= headTokens * charsPerToken && tokenizer.encode(head).length <= headTokens;
  };
  const stays = region === "span" ? undefined : earlier.find(mayStay);
  if (stays !== undefined) return stays.anchor.prefix.length;
  const lineStart = prefix.lastIndexOf("\n") + 1;
  return lineStart + headStart(prefix.slice(lineStart), tokenizer, budget);
}
