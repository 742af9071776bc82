import type { ContextBudget } from "./contextBudget";
import type { CanvasTokenizer } from "./denoiser";
import { dropInSteps } from "./dropInSteps";
import { notInsidePair } from "./notInsidePair";
import { wholeCharacters } from "./wholeCharacters";

/**
 * Where the head begins in what stands before the cursor in its line: 0 unless that is longer than `budget.headTokens`; else the anchor moves up,
 * in steps, to a token's beginning that is also a character's.
 * @returns UTF-16 index into `typed`
 */
export function headStart(typed: string, tokenizer: CanvasTokenizer, budget: ContextBudget): number {
  const { headTokens, headStep, charsPerToken } = budget;
  const read = notInsidePair(typed, dropInSteps(typed.length, headTokens * charsPerToken, headStep * charsPerToken));
  const tokens = tokenizer.encode(typed.slice(read));
  const drop = dropInSteps(tokens.length, headTokens, headStep);
  if (drop === 0) return read;
  const bytes: number[] = [];
  for (const [index, token] of tokens.entries()) {
    const { text, bytes: whole } = wholeCharacters(bytes);
    if (index >= drop && whole === bytes.length) return Math.min(typed.length, read + text.length);
    bytes.push(...tokenizer.bytesOf(token));
  }
  return typed.length;
}
