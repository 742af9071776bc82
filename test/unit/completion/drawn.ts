/** A text with the cursor drawn as `│`. */
export function drawn(text: string): { before: string; after: string } {
  const at = text.indexOf("│");
  if (at < 0 || text.indexOf("│", at + 1) >= 0) throw new Error(`draw exactly one cursor: ${JSON.stringify(text)}`);
  return { before: text.slice(0, at), after: text.slice(at + 1) };
}
