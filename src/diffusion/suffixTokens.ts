import type { ContextBudget } from "./contextBudget";
import type { CanvasTokenizer } from "./denoiser";
import { notInsidePair } from "./notInsidePair";

/** S: the first tokens of the text after the region, at most `budget.suffixTokens`. */
export function suffixTokens(suffix: string, tokenizer: CanvasTokenizer, budget: ContextBudget): number[] {
  // twice the usual width: S is short, and blank lines and indentation make wide tokens
  const readChars = Math.min(suffix.length, 2 * budget.suffixTokens * budget.charsPerToken);
  return tokenizer.encode(suffix.slice(0, notInsidePair(suffix, readChars))).slice(0, budget.suffixTokens);
}
