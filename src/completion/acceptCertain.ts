import * as vscode from "vscode";
import type { Suggestion } from "./outcome";

/** What VS Code was given last to show, and where. */
export interface LastSuggestion {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly position: vscode.Position;
  readonly suggestion: Suggestion;
}

/** Takes of what is shown only what comes before its first uncertain token; the rest is offered again behind it. All of it where all is certain. */
export async function acceptCertain(last: LastSuggestion | undefined): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (last === undefined || editor?.document !== last.document || editor.document.version !== last.version) return;
  if (!editor.selection.isEmpty || !editor.selection.active.isEqual(last.position)) return;
  const { insertText, certainChars, replaceBefore } = last.suggestion;
  if (certainChars >= insertText.length) {
    await vscode.commands.executeCommand("editor.action.inlineSuggest.commit");
    return;
  }
  const head = insertText.slice(replaceBefore, certainChars);
  if (head === "") return;
  await editor.edit((edit) => edit.insert(last.position, head));
}
