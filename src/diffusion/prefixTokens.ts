import type { ContextBudget } from "./contextBudget";
import type { CanvasTokenizer } from "./denoiser";
import { dropInSteps } from "./dropInSteps";
import { notInsidePair } from "./notInsidePair";

/** A cut at a line's beginning is looked for within so many characters. */
const LINE_START_CHARS = 512;

/** P: the tokens of the text before the anchor, at most `budget.prefixTokens`, cut at its front in steps. */
export function prefixTokens(before: string, tokenizer: CanvasTokenizer, budget: ContextBudget): number[] {
  const window = before.slice(windowStart(before, budget));
  const tokens = tokenizer.encode(window);
  return tokens.slice(dropInSteps(tokens.length, budget.prefixTokens, budget.prefixStep));
}

/** Where reading begins: at a line's beginning if one is near, at the same place for most neighbouring anchors. */
function windowStart(before: string, budget: ContextBudget): number {
  const start = dropInSteps(before.length, budget.prefixTokens * budget.charsPerToken, budget.prefixStep * budget.charsPerToken);
  if (start === 0) return 0;
  const lineStart = before.slice(start - 1, start - 1 + LINE_START_CHARS).indexOf("\n") + start;
  return lineStart >= start && lineStart < before.length ? lineStart : notInsidePair(before, start);
}
