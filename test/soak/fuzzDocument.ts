import type { EditedPlace } from "../replay/placeQuery";

/** A document and a cursor as VS Code has them: lines without their ends, one kind of line end for all, which what is inserted takes on. */
export class FuzzDocument {
  lines: readonly string[];
  line = 0;
  /** UTF-16 units */
  character = 0;

  constructor(
    readonly name: string,
    readonly languageId: string,
    readonly eol: "\n" | "\r\n",
    text: string,
  ) {
    this.lines = splitLines(text);
  }

  get length(): number {
    return this.lines.reduce((sum, line) => sum + line.length + 1, -1);
  }

  /** As it is now; it does not change with the document. */
  place(): EditedPlace {
    return { document: this.name, languageId: this.languageId, lines: this.lines, line: this.line, character: this.character };
  }

  /** Puts the cursor somewhere; beyond a line's end is at its end. */
  moveTo(line: number, character: number): void {
    this.line = Math.min(line, this.lines.length - 1);
    this.character = Math.min(character, this.lines[this.line]!.length);
  }

  /** Replaces text of the cursor's line around the cursor, and stands behind it. */
  replace(before: number, after: number, text: string): void {
    const line = this.lines[this.line]!;
    const head = line.slice(0, this.character - before);
    const written = splitLines(head + text);
    const [line2, character] = [this.line + written.length - 1, written.at(-1)!.length];
    const whole = [...written.slice(0, -1), written.at(-1)! + line.slice(this.character + after)];
    this.lines = [...this.lines.slice(0, this.line), ...whole, ...this.lines.slice(this.line + 1)];
    [this.line, this.character] = [line2, character];
  }

  /** Backspace at a line's beginning. */
  joinWithLineAbove(): void {
    if (this.line === 0) return;
    const above = this.lines[this.line - 1]!;
    this.lines = [...this.lines.slice(0, this.line - 1), above + this.lines[this.line]!, ...this.lines.slice(this.line + 1)];
    this.line -= 1;
    this.character = above.length;
  }

  removeLines(from: number, count: number): void {
    const rest = [...this.lines.slice(0, from), ...this.lines.slice(from + count)];
    this.lines = rest.length === 0 ? [""] : rest;
    this.moveTo(from, 0);
  }
}

function splitLines(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}
