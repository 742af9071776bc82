import * as vscode from "vscode";
import { copiedDefinition } from "./copiedDefinition";
import { followCopies } from "./followCopies";
import { enclosingDefinition } from "./enclosingDefinition";
import type { LoadedFiles } from "./loadedFiles";
import { RecentWork, type RecentName, type WorkKind } from "./recentWork";

interface Copied {
  readonly from: number;
  readonly to: number;
  /** of the document: with another one the offsets are others */
  readonly version: number;
}

/** Where an edit took text away and put nothing in its place. */
interface Deleted {
  /** of the document, right after it */
  readonly version: number;
  /** the lines where it began */
  readonly lines: readonly number[];
}

/** Knows at which definitions somebody was lately. A key and a copy note a place, no more; whose place it is, is found between the keystrokes. */
export class FollowedWork implements vscode.Disposable {
  private readonly recent = new RecentWork();
  /** where each document was edited, and copied from, last, and not looked at since */
  private readonly edited = new Map<string, number>();
  private readonly copied = new Map<string, Copied>();
  /** by document: what its last edit took away */
  private readonly deleted = new Map<string, Deleted>();
  private readonly registrations: vscode.Disposable;

  /** @param onWork there is something to `note` of a document */
  constructor(
    private readonly files: LoadedFiles,
    private readonly nowMs: () => number,
    onWork: (document: vscode.TextDocument, kind: WorkKind) => void,
  ) {
    this.registrations = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const [change] = contentChanges;
        if (change === undefined || document.uri.scheme !== "file") return;
        // A replacement over the whole project touches files that nobody looks at.
        if (!vscode.window.visibleTextEditors.some((editor) => editor.document === document)) return;
        const deletions = contentChanges.filter(({ text }) => text === "");
        this.deleted.set(document.uri.toString(), { version: document.version, lines: deletions.map(({ range }) => range.start.line) });
        this.edited.set(document.uri.toString(), change.rangeOffset - extraChars(document, change.range.start));
        onWork(document, "edited");
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.edited.delete(document.uri.toString());
        this.copied.delete(document.uri.toString());
        this.deleted.delete(document.uri.toString());
      }),
      followCopies((document, { start, end }) => {
        // VS Code tells of a cut when it is done: where it was stands something else, and the edit tells the rest.
        const deleted = this.deleted.get(document.uri.toString());
        if (deleted?.version === document.version && deleted.lines.includes(start.line)) return;
        const [from, to] = [start, end].map((place) => document.offsetAt(place) - extraChars(document, place)) as [number, number];
        this.copied.set(document.uri.toString(), { from, to, version: document.version });
        onWork(document, "copied");
      }),
    );
  }

  dispose(): void {
    this.registrations.dispose();
  }

  /** Finds the definitions that the document's last edit and copy were in: others may need them next. */
  async note(document: vscode.TextDocument): Promise<void> {
    const id = document.uri.toString();
    const [edited, copied] = [this.edited.get(id), this.copied.get(id)];
    if (edited === undefined && copied === undefined) return;
    this.edited.delete(id);
    this.copied.delete(id);
    if ((await this.files.load(document.uri)) !== undefined) return;
    const file = this.files.index.get(id);
    if (file === undefined) return;
    const { text, definitions } = file;
    const note = (name: string | undefined, kind: WorkKind): void => {
      if (name !== undefined) this.recent.note(id, name, kind, this.nowMs());
    };
    if (edited !== undefined) note(enclosingDefinition(text, definitions, edited), "edited");
    if (copied?.version === document.version) note(copiedDefinition(text, definitions, copied.from, copied.to), "copied");
  }

  /** A file's definitions that somebody was at lately, the last first. */
  namesIn(id: string): RecentName[] {
    return this.recent.namesIn(id, this.nowMs());
  }

  clear(): void {
    this.recent.clear();
  }
}

/** UTF-16 units before a place that are not in the text as it is read: that has \n line ends. */
function extraChars(document: vscode.TextDocument, { line }: vscode.Position): number {
  return document.eol === vscode.EndOfLine.CRLF ? line : 0;
}
