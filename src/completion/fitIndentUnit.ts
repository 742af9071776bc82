import { opensBody } from "../region/opensBody";
import type { CompletionQuery } from "./completionQuery";
import { editSpelled, type SpelledText } from "./editSpelled";

/** What of a query decides in which unit its lines are indented. */
export type IndentPlace = Pick<CompletionQuery, "before" | "after" | "languageId" | "syntax" | "indentUnit">;

/** Where indentation is more than taste: YAML aligns what stands behind a dash, make wants tabs. */
const OTHER_RULES: ReadonlySet<string> = new Set(["makefile", "yaml"]);
/** Where text over several lines needs no quotes. */
const HEREDOCS: ReadonlySet<string> = new Set(["perl", "php", "ruby", "shellscript"]);
/** Widths of which one is surely a unit; deeper ones are as often an alignment. */
const UNIT_WIDTHS: readonly number[] = [2, 4];
const OPENS = /[([{:]\s*$/;
/** How far back an open quote is looked for where no syntax tree says what the cursor is in. */
const TAIL_CHARS = 4_000;
/** What spans lines in many languages, where it opens and closes in one. */
const PAIRED = /`(?:[^`\\\n]|\\.)*`|("""|''').*?\1/g;
const SPANNING = /`|"""|'''/;
const QUOTED = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/g;

/** An answer's line that is indented: by how much more than the cursor's line, and where in the text that stands. */
interface Row {
  readonly from: number;
  /** what the cursor's line has not; undefined where it is indented less than that */
  readonly more: string | undefined;
  /** the line above it */
  readonly above: string;
}

/**
 * Rewrites an answer of several lines from the model's unit of indentation to the editor's, in a file that shows no other. Where either is not clear, it is left
 * alone: lines that are aligned, that may be inside text, or that the file has in the model's unit.
 */
export function fitIndentUnit(answer: SpelledText, place: IndentPlace): SpelledText {
  const { before, languageId, indentUnit, syntax } = place;
  if (indentUnit === undefined || !answer.text.includes("\n") || OTHER_RULES.has(languageId)) return answer;
  if (syntax !== undefined && syntax.inside !== "code") return answer;
  const own = before.slice(before.lastIndexOf("\n") + 1);
  if (mayHoldText(own + answer.text, languageId)) return answer;
  if (syntax === undefined && mayBeInText(before.slice(-TAIL_CHARS), languageId)) return answer;
  const rows = rowsOf(answer.text, before, own);
  const unit = rows && unitOf(rows);
  if (unit === undefined || unit === indentUnit || !isInSteps(rows!, unit, languageId)) return answer;
  if (!isIndentedBy(indentUnit, unit, place)) return answer;
  const deeper = rows!.filter(({ more }) => more !== undefined && more !== "");
  return editSpelled(
    answer,
    deeper.map(({ from, more }) => ({ from, to: from + more!.length, text: indentUnit.repeat(more!.length / unit.length) })),
  );
}

/** Whether a quote stays open at some line's end, so that what follows may be text. */
function mayHoldText(text: string, languageId: string): boolean {
  if (HEREDOCS.has(languageId) && text.includes("<<")) return true;
  return text.split("\n").some((line) => /["'`]/.test(line.replace(QUOTED, "")));
}

/** Whether a text of several lines may have begun in a line before the cursor. Where one has ended again it is left alone too: which quote ended it is not known. */
function mayBeInText(tail: string, languageId: string): boolean {
  return (HEREDOCS.has(languageId) && tail.includes("<<")) || SPANNING.test(tail.replace(PAIRED, ""));
}

/** The lines that hold something, the first only where nothing stands before it. Undefined: some line is indented by other characters. */
function rowsOf(text: string, before: string, own: string): Row[] | undefined {
  const base = /^[ \t]*/.exec(own)![0];
  const isBlank = base === own;
  const lineAbove = before.split("\n").slice(0, -1).findLast((line) => line.trim() !== ""); // prettier-ignore
  const rows: Row[] = [];
  let above = isBlank ? (lineAbove ?? "") : own;
  let at = 0;
  for (const [index, line] of text.split("\n").entries()) {
    const indent = (index === 0 ? base : "") + /^[ \t]*/.exec(line)![0];
    const from = index === 0 ? at : at + base.length;
    at += line.length + 1;
    if (index === 0 && !isBlank) {
      above = own + line;
      continue;
    }
    if (line.trim() === "") continue;
    if (!indent.startsWith(base) && !base.startsWith(indent)) return undefined;
    rows.push({ from, more: indent.startsWith(base) ? indent.slice(base.length) : undefined, above });
    above = line;
  }
  return rows;
}

/** What all that is deeper than the cursor's line is a multiple of. Undefined where nothing is, or nothing clear. */
function unitOf(rows: readonly Row[]): string | undefined {
  const deeper = rows.flatMap(({ more }) => more || []);
  if (deeper.length === 0) return undefined;
  if (deeper.every((more) => /^\t+$/.test(more))) return "\t";
  if (!deeper.every((more) => /^ +$/.test(more))) return undefined;
  const width = Math.min(...deeper.map(({ length }) => length));
  return UNIT_WIDTHS.includes(width) && deeper.every(({ length }) => length % width === 0) ? " ".repeat(width) : undefined;
}

/** Whether each line is at most one unit deeper than the one above it, and only behind one that opens something. */
function isInSteps(rows: readonly Row[], unit: string, languageId: string): boolean {
  let last = 0;
  return rows.every(({ more, above }) => {
    const level = more === undefined ? -1 : more.length / unit.length;
    const opens = OPENS.test(above) || opensBody(above, languageId, true);
    const isStep = level <= last + (opens ? 1 : 0);
    last = level;
    return isStep;
  });
}

/** Whether the file's lines have no indentation, or the editor's, and none that says the model's. */
function isIndentedBy(editors: string, models: string, { before, after }: IndentPlace): boolean {
  // One space before an asterisk is a comment's. The cursor's own line may be blank.
  const cursorsOwn = /^[ \t]*/.exec(before.slice(before.lastIndexOf("\n") + 1))![0];
  const indents = [...(before + after).matchAll(/^[ \t]+(?=[^\s*])/gm)].map(([indent]) => indent);
  if (cursorsOwn !== "") indents.push(cursorsOwn);
  if (editors === "\t") return indents.every((indent) => indent.startsWith("\t"));
  const saysModels = (indent: string): boolean =>
    models !== "\t" && indent.length % models.length === 0 && indent.length % editors.length !== 0;
  return (
    indents.every((indent) => !indent.includes("\t") && !saysModels(indent)) &&
    (indents.length === 0 || Math.min(...indents.map(({ length }) => length)) === editors.length)
  );
}
