import { beginsWithCloser } from "../region/beginsWithCloser";
import { indentWidth } from "../region/indentWidth";

/** A piece says what a name is; what it does in line 20 is not worth the tokens. */
const MOST_LINES = 20;

/** The whole lines of a definition, from its first on: until a line is indented less, or as deep and no closer. Ends with a line break. */
export function definitionText(text: string, offset: number): string {
  const lines: string[] = [];
  let indent: number | undefined;
  for (const line of text.slice(offset, offset + MOST_LINES * 200).split("\n")) {
    if (lines.length >= MOST_LINES) break;
    if (line.trim() !== "") {
      const width = indentWidth(line);
      indent ??= width;
      if (width < indent || (width === indent && lines.length > 2 && !beginsWithCloser(line))) break;
    }
    lines.push(line);
  }
  return `${lines.join("\n").trimEnd()}\n`;
}
