/** A document read line by line, so that a file of 20 MB is never copied. Lines come without their line end. */
export interface LineSource {
  readonly lineCount: number;
  lineText(line: number): string;
}

/** What stands around a place: `\n` line ends, no byte order mark, no lone surrogate. */
export interface TextAround {
  readonly before: string;
  readonly after: string;
}

export interface ContextBudget {
  readonly beforeChars: number;
  readonly afterChars: number;
}

/** The engine cuts to its own token budget (some 1,000 tokens); these leave it room and still cost nothing. */
export const CONTEXT_BUDGET: ContextBudget = { beforeChars: 8_192, afterChars: 4_096 };

/**
 * The window's head moves in steps of so many lines, or characters in a very long line: were it to move with every keystroke, no prefix
 * would start with the one before it, and neither the cache here nor the engine's KV cache would ever hit.
 */
const STEP_LINES = 32;
const STEP_CHARS = 2_048;

/**
 * Text before `start` and after `end` (zero-based line, UTF-16 character), within the budget.
 * @returns `before` of at most `beforeChars`, `after` of at most `afterChars` UTF-16 units
 */
export function readContext(
  source: LineSource,
  start: { readonly line: number; readonly character: number },
  end: { readonly line: number; readonly character: number } = start,
  budget: ContextBudget = CONTEXT_BUDGET,
): TextAround {
  return { before: readBefore(source, start, budget.beforeChars), after: readAfter(source, end, budget.afterChars) };
}

function readBefore(source: LineSource, start: { readonly line: number; readonly character: number }, budgetChars: number): string {
  const head = source.lineText(start.line).slice(0, start.character);
  if (head.length >= budgetChars) return wellFormed(head.slice(steppedCut(head.length, budgetChars)));
  const lines = [head];
  let chars = head.length;
  let line = start.line;
  while (line > 0) {
    const length = source.lineText(line - 1).length + 1;
    if (chars + length > budgetChars) break;
    line--;
    chars += length;
    lines.push(source.lineText(line));
  }
  if (line > 0) {
    const steppedLine = Math.ceil(line / STEP_LINES) * STEP_LINES;
    if (steppedLine <= start.line) lines.length -= steppedLine - line;
  }
  return wellFormed(lines.reverse().join("\n"), line === 0);
}

/** Where to cut a line so that what remains fits the budget and the cut moves only every STEP_CHARS. */
function steppedCut(length: number, budgetChars: number): number {
  const step = Math.min(STEP_CHARS, Math.max(1, budgetChars >> 1));
  return Math.ceil((length - budgetChars) / step) * step;
}

function readAfter(source: LineSource, end: { readonly line: number; readonly character: number }, budgetChars: number): string {
  let text = source.lineText(end.line).slice(end.character, end.character + budgetChars);
  for (let line = end.line + 1; line < source.lineCount && text.length < budgetChars; line++) {
    text += `\n${source.lineText(line).slice(0, budgetChars)}`;
  }
  return wellFormed(text.slice(0, budgetChars), end.line === 0 && end.character === 0);
}

/**
 * Lone surrogates (a cut emoji, a broken file) become U+FFFD, which keeps every offset; the byte order mark at a file's start goes. The text is
 * a copy: one that was cut from a line of a megabyte would keep the megabyte for as long as an answer stays in the cache.
 */
function wellFormed(cut: string, atFileStart = false): string {
  const text = Buffer.from(cut, "utf16le").toString("utf16le");
  const whole = text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD");
  return atFileStart && whole.startsWith("\uFEFF") ? whole.slice(1) : whole;
}
