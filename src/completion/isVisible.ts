/**
 * Whether VS Code shows an item, by its rules: the replaced text before the cursor is a prefix of the
 * inserted text, the replaced text after it is a subsequence of the rest, the range lies on one line, and something is inserted at all.
 */
export function isVisible(insertText: string, replacedBefore: string, replacedAfter: string): boolean {
  if (replacedBefore.includes("\n") || replacedAfter.includes("\n")) return false;
  if (!insertText.startsWith(replacedBefore)) return false;
  const rest = insertText.slice(replacedBefore.length);
  return rest !== replacedAfter && rest !== "" && isSubsequence(replacedAfter, rest);
}

/** Whether all UTF-16 units of `needle` occur in `text`, in order. */
export function isSubsequence(needle: string, text: string): boolean {
  let at = 0;
  for (let i = 0; i < text.length && at < needle.length; i++) if (text[i] === needle[at]) at++;
  return at === needle.length;
}
