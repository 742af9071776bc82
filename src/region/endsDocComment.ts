/** Whether a line is the end of a comment that describes what comes next. */
export function endsDocComment(line: string, languageId: string): boolean {
  const text = line.trim();
  if (text.endsWith("*/")) return true;
  if (languageId === "python") return /^#(?!!)/.test(text);
  return /^(?:\/\/|--|#(?![!i])\s)/.test(text);
}
