import * as vscode from "vscode";
import { isPeek } from "./isPeek";

/** Behind the last key; VS Code asks 50 ms behind it where it asks. */
const NOT_ASKED_MS = 250;

export interface FirstKeysParts {
  /** whether suggestions come while one types in a document */
  readonly isOn: (document: vscode.TextDocument) => boolean;
  /** Makes VS Code ask at the cursor, as if the last character had been typed just now. */
  readonly ask: () => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/**
 * Has VS Code ask for what is typed first in an editor. It makes what asks (its "inline completions controller", instantiated "eventually") in the
 * window's idle time, up to 5 s after the editor is there: in a window that has just opened, or on a busy machine, a line is typed by then, and nobody
 * is asked for it unless quick suggestions are on, which make it at the first key.
 */
export class FirstKeys implements vscode.Disposable {
  /** where VS Code is known to ask */
  private readonly asking = new WeakSet<vscode.TextEditor>();
  private timer: NodeJS.Timeout | undefined;
  private readonly listener = vscode.workspace.onDidChangeTextDocument((event) => this.onChange(event));

  constructor(private readonly parts: FirstKeysParts) {}

  /** VS Code asks for a suggestion in a document. */
  asked(document: vscode.TextDocument): void {
    const editor = vscode.window.activeTextEditor;
    if (editor?.document === document) this.asking.add(editor);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.listener.dispose();
  }

  private onChange({ document, contentChanges, reason }: vscode.TextDocumentChangeEvent): void {
    const editor = vscode.window.activeTextEditor;
    if (editor?.document !== document || this.asking.has(editor) || isPeek(editor) || reason !== undefined) return;
    const ends = contentChanges.filter(({ text }) => text !== "").map(({ rangeOffset, text }) => rangeOffset + text.length);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.asking.has(editor) || vscode.window.activeTextEditor !== editor) return;
      // What something else has written into the file is not typed.
      if (!ends.includes(document.offsetAt(editor.selection.active))) return;
      // Here, not at each key: it reads the settings.
      if (!isOnInVscode(document) || !this.parts.isOn(document)) return;
      this.asking.add(editor);
      this.parts.ask().catch(this.parts.onError);
    }, NOT_ASKED_MS);
  }
}

function isOnInVscode(document: vscode.TextDocument): boolean {
  return vscode.workspace.getConfiguration("editor", document).get("inlineSuggest.enabled") !== false;
}
