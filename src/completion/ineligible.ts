import { ONLY_CLOSERS } from "./onlyClosers";
import type { NoSuggestionReason } from "./outcome";

const WORD_BEFORE = /[\p{L}\p{N}_$]$/u;
const WORD_AFTER = /^[\p{L}\p{N}_$]/u;

/**
 * Why the place admits no suggestion of its own accord; undefined where it does. Asked for by key, every place does.
 * @param lineBefore, lineAfter the cursor's line on both sides
 */
export function ineligible(lineBefore: string, lineAfter: string, invoked: boolean): NoSuggestionReason | undefined {
  if (invoked) return undefined;
  // The last few characters decide: a line of 1 MB must not be walked for a keystroke.
  if (WORD_BEFORE.test(lineBefore.slice(-2)) && WORD_AFTER.test(lineAfter.slice(0, 2))) return "insideWord";
  return ONLY_CLOSERS.test(lineAfter) ? undefined : "textAfterCursor";
}
