import * as vscode from "vscode";
import type { Suggestion } from "./outcome";

/** What VS Code was given last to show, and where. */
export interface LastSuggestion {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly position: vscode.Position;
  readonly suggestion: Suggestion;
}

/** A suggestion and the editor that it may be seen in. */
export interface Shown {
  readonly editor: vscode.TextEditor;
  readonly position: vscode.Position;
  readonly suggestion: Suggestion;
}

/** What VS Code was given last, where the cursor still stands before it. What it shows it tells nobody. */
export function shownHere(last: LastSuggestion | undefined): Shown | undefined {
  const editor = vscode.window.activeTextEditor;
  const isHere =
    last !== undefined &&
    editor?.document === last.document &&
    editor.document.version === last.version &&
    editor.selection.isEmpty &&
    editor.selection.active.isEqual(last.position);
  return isHere ? { editor, position: last.position, suggestion: last.suggestion } : undefined;
}
