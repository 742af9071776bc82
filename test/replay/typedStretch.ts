import type { Stretch } from "./chooseStretches";
import type { EditedPlace } from "./placeQuery";

/** A stretch that is being typed: the file around it, and how much of it is there. Values never change. */
export class TypedStretch {
  private constructor(
    /** the file up to the stretch's first character that is no indentation */
    private readonly before: string,
    /** what is to be typed */
    readonly target: string,
    /** from the stretch's last line's end on */
    private readonly after: string,
    /** characters of `target` that are there */
    readonly typed: number,
  ) {}

  /** Enter has just been pressed: the stretch's first line is begun, and indented. */
  static begin(text: string, { start, end }: Stretch): TypedStretch {
    const lines = text.split("\n");
    const indent = /^[ \t]*/.exec(lines[start]!)![0];
    const before =
      lines
        .slice(0, start)
        .map((line) => `${line}\n`)
        .join("") + indent;
    const target = lines.slice(start, end).join("\n").slice(indent.length).trimEnd();
    return new TypedStretch(
      before,
      target,
      lines
        .slice(end)
        .map((line) => `\n${line}`)
        .join(""),
      0,
    );
  }

  get rest(): string {
    return this.target.slice(this.typed);
  }

  /** What stands before the cursor. */
  get head(): string {
    return this.before + this.target.slice(0, this.typed);
  }

  /** What follows the cursor once all is typed: the stretch's rest, then the file's. */
  get following(): string {
    return this.rest + this.after;
  }

  get isDone(): boolean {
    return this.typed === this.target.length;
  }

  /** What the next key writes: one character, or with Enter the next line's indentation too, as an editor indents of its own accord. */
  get nextKey(): string {
    return /^\n[ \t]*|^[\s\S]/u.exec(this.rest)![0];
  }

  with(written: string): TypedStretch {
    return new TypedStretch(this.before, this.target, this.after, this.typed + written.length);
  }

  place(document: string, languageId: string): EditedPlace {
    const head = this.head;
    const lines = (head + this.after).split("\n");
    const line = head.split("\n").length - 1;
    return { document, languageId, lines, line, character: head.length - (head.lastIndexOf("\n") + 1) };
  }
}
