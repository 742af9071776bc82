const PYTHON_HEADER = /^\s*(?:async\s+)?(?:def|class|if|elif|else|for|while|with|try|except|finally|match|case)\b.*:\s*(?:#.*)?$/;
const WORD_OPENER = /\b(?:do|then|begin)\s*(?:\|[^|]*\|)?\s*$|^\s*(?:def|class|module|function)\b[^=]*$/;
const WORD_OPENER_LANGUAGES = new Set(["ruby", "lua", "shellscript", "elixir", "julia"]);

/** Whether a line is a signature or a header whose body comes on the next lines. */
export function opensBody(line: string, languageId: string): boolean {
  if (languageId === "python") return PYTHON_HEADER.test(line);
  if (WORD_OPENER_LANGUAGES.has(languageId) && WORD_OPENER.test(line)) return true;
  return /(?:\{|=>)\s*$/.test(line);
}
