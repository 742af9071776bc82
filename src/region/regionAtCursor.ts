import { beginsWithCloser } from "./beginsWithCloser";
import type { CursorSyntax } from "./cursorSyntax";
import { endsDocComment } from "./endsDocComment";
import { indentWidth } from "./indentWidth";
import { opensBody } from "./opensBody";

export interface CursorPlace {
  /** text before and after the cursor, `\n` line ends */
  readonly before: string;
  readonly after: string;
  readonly languageId: string;
  /** absent: no grammar for this language, or no tree yet; indentation decides */
  readonly syntax?: CursorSyntax | undefined;
  /** asked for by key or command */
  readonly invoked: boolean;
  readonly multiline: "auto" | "never";
}

export interface CursorRegion {
  readonly kind: "line" | "lines";
  /** Blanks between the cursor and the line's end that the suffix leaves out; they stay in the document. */
  readonly blankChars: number;
  /**
   * Where an answer of several lines ends at the latest. "body": before the first line that leaves the body the cursor is in;
   * "declaration": after the one that the doc comment describes.
   */
  readonly scope: "body" | "declaration";
}

/** Which characters are masked at the cursor: the rest of its line, or several lines where a body is yet to be written. */
export function regionAtCursor(place: CursorPlace): CursorRegion {
  const rest = firstLine(place.after);
  const blankChars = rest.trim() === "" ? rest.length : 0;
  const scope = linesScope(place, blankChars === rest.length);
  return scope === undefined || place.multiline === "never"
    ? { kind: "line", blankChars, scope: "body" }
    : { kind: "lines", blankChars, scope };
}

function linesScope(place: CursorPlace, restIsBlank: boolean): CursorRegion["scope"] | undefined {
  if (place.invoked) return "body";
  if (!restIsBlank) return undefined;
  const lines = place.before.split("\n");
  const line = lines.at(-1)!;
  if (line.trim() !== "") {
    return opensBody(line, place.languageId, false) && bodyIsEmpty(line, place) ? "body" : undefined;
  }
  const lineBefore = lines.slice(0, -1).findLast((text) => text.trim() !== "");
  if (lineBefore === undefined) return undefined;
  if (opensBody(lineBefore, place.languageId, true) && bodyIsEmpty(lineBefore, place)) return "body";
  const isRightAbove = lines.length > 1 && lines.at(-2)!.trim() !== "" && !isFollowed(line, place);
  // In a body that holds nothing else a remark may be about all of it; a doc comment is about its first member.
  if (isRightAbove && endsMarkedDocComment(place.before)) return "declaration";
  if (place.syntax?.body?.empty === true || endsDocString(lineBefore, place.languageId)) return "body";
  return isRightAbove && endsDocComment(lineBefore, place.languageId) ? "declaration" : undefined;
}

/** What stands right below, as deep as the cursor, is what a comment above describes already. */
function isFollowed(line: string, { after }: CursorPlace): boolean {
  const next = after.split("\n", 2)[1] ?? "";
  return next.trim() !== "" && indentWidth(next) >= indentWidth(line) && !beginsWithCloser(next);
}

/** A comment that its marks say is for documentation. */
function endsMarkedDocComment(before: string): boolean {
  const text = before.trimEnd();
  if (text.endsWith("*/")) return /^\/\*[*!]/.test(text.slice(Math.max(0, text.lastIndexOf("/*"))));
  return /^\s*\/\/[/!]/.test(text.slice(text.lastIndexOf("\n") + 1));
}

/** A doc string stands inside the body it describes. */
function endsDocString(line: string, languageId: string): boolean {
  return languageId === "python" && /(?:"""|''')\s*$/.test(line);
}

/** By indentation: the next line that holds something is not indented as deep as the header's body would be. */
function bodyIsEmpty(header: string, { after, languageId }: CursorPlace): boolean {
  const next = after
    .split("\n")
    .slice(1)
    .find((text) => text.trim() !== "");
  if (next === undefined) return true;
  const deeper = indentWidth(next) - indentWidth(header);
  // The items of a sequence may stand right below their key.
  const isItem = languageId === "yaml" && deeper === 0 && /^\s*-\s/.test(next) && !/^\s*-\s/.test(header);
  return deeper <= 0 && !isItem;
}

function firstLine(text: string): string {
  const end = text.indexOf("\n");
  return end < 0 ? text : text.slice(0, end);
}
