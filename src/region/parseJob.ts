import { Parser, type Edit, type Language, type Tree } from "web-tree-sitter";

/** What is parsed, and where from. */
export interface ParseTask {
  readonly language: Language;
  readonly languageId: string;
  readonly text: string;
  /** the document's version that the text is of */
  readonly version: number;
  /** A tree of an earlier text that has been told of all edits since; null: from nothing. It is copied. */
  readonly old: Tree | null;
}

/** One parse that goes on slice by slice. Edits of the document that come meanwhile are told to the tree when it is there. */
export class ParseJob {
  private readonly parser: Parser;
  private readonly old: Tree | null;
  private readonly missed: Edit[] = [];
  private newest: number;

  constructor(
    readonly task: ParseTask,
    private readonly nowMs: () => number,
  ) {
    this.parser = new Parser().setLanguage(task.language);
    this.old = task.old?.copy() ?? null;
    this.newest = task.version;
  }

  /** The document's version that the tree will fit, be it as a tree that has to be parsed again. */
  get version(): number {
    return this.newest;
  }

  /** Whether the document is as it was when the parse began. */
  get isCurrent(): boolean {
    return this.missed.length === 0;
  }

  missEdits(edits: readonly Edit[], version: number): void {
    this.missed.push(...edits);
    this.newest = version;
  }

  /** Parses for so many milliseconds. @returns the tree where it is done; it is the caller's */
  step(sliceMs: number): Tree | undefined {
    const until = this.nowMs() + sliceMs;
    // A parser that its callback stopped goes on where it was when it is called again with the same text.
    const tree = this.parser.parse(this.task.text, this.old, { progressCallback: () => this.nowMs() > until });
    if (tree === null) return undefined;
    for (const edit of this.missed) tree.edit(edit);
    return tree;
  }

  dispose(): void {
    this.parser.delete();
    this.old?.delete();
  }
}
