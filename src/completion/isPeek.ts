import type * as vscode from "vscode";

/** Whether an editor is none of the columns' own: one within another, or a notebook's cell. */
export function isPeek(editor: vscode.TextEditor): boolean {
  return editor.viewColumn === undefined;
}
