import type { InfillRequest, InfillToken } from "../../../src/backends/infiller";

/** What the fixed model writes wherever the text before the region ends with `after`, or with `after` and a head of what it writes. */
export interface FixedAnswer {
  readonly after: string;
  readonly tokens: readonly InfillToken[];
  /** thinks so long before it answers */
  readonly waitMs?: number;
}

/** The answer's tokens as far as they belong into the region, and whether they lead into the rest of its line. */
export interface FixedText {
  readonly tokens: readonly InfillToken[];
  readonly fits: boolean;
  readonly waitMs: number;
}

/** What the table says of a request: the entry that the most of the prefix speaks for. Nothing where none does. */
export function fixedAnswer(table: readonly FixedAnswer[], { prefix, suffix, region }: InfillRequest): FixedText {
  const [best] = table
    .map((entry) => ({ entry, typed: typedHead(prefix, entry) }))
    .filter((match) => match.typed !== undefined)
    .sort((a, b) => b.entry.after.length + b.typed! - (a.entry.after.length + a.typed!));
  if (best === undefined) return { tokens: [], fits: true, waitMs: 0 };
  const rest = cut(best.entry.tokens, best.typed!, Infinity);
  const text = textOf(rest);
  const lineEnd = region === "line" && text.includes("\n") ? text.indexOf("\n") : text.length;
  const tail = suffix.split("\n", 1)[0]!.trim();
  // As the model does: what it writes of the text after the region shows that it fits, and is cut off.
  const leads = tail !== "" && text.slice(0, lineEnd).endsWith(tail);
  const tokens = cut(rest, 0, lineEnd - (leads ? tail.length : 0));
  return { tokens, fits: tail === "" || leads, waitMs: best.entry.waitMs ?? 0 };
}

export function textOf(tokens: readonly InfillToken[]): string {
  return tokens.map(({ text }) => text).join("");
}

/** How many characters of an entry's text stand at the prefix's end already; the most, and never all. */
function typedHead(prefix: string, { after, tokens }: FixedAnswer): number | undefined {
  const text = textOf(tokens);
  for (let typed = text.length - 1; typed >= 0; typed--) if (prefix.endsWith(after + text.slice(0, typed))) return typed;
  return undefined;
}

/** The tokens between two offsets of their text. */
function cut(tokens: readonly InfillToken[], from: number, to: number): InfillToken[] {
  let start = 0;
  const kept: InfillToken[] = [];
  for (const { text, confidence } of tokens) {
    const part = text.slice(Math.max(0, from - start), Math.max(0, to - start));
    if (part !== "") kept.push({ text: part, confidence });
    start += text.length;
  }
  return kept;
}
