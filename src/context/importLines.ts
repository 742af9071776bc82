const IMPORT =
  /^[ \t]*(?:import\b|from\b|export\b.*\bfrom\b|(?:pub\b.*)?\b(?:use|mod)\b|#[ \t]*(?:include|import)\b|require|using\b|package\b|.*\brequire\()|^[ \t]*\}[ \t]*from\b|^[ \t]*(?:\w+[ \t]+)?"[^"\n]*"[ \t]*$/;

/**
 * The lines of a text that look like imports, but for its last line, which is being written. Pure. A line taken for one by mistake costs a choice made anew,
 * no more.
 */
export function importLines(before: string): string {
  return before
    .slice(0, before.lastIndexOf("\n") + 1)
    .split("\n")
    .filter((line) => IMPORT.test(line))
    .join("\n");
}
