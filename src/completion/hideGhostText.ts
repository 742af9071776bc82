import * as vscode from "vscode";
import { isPeek } from "./isPeek";

/** Hides what is shown, and leaves the focus where it is. */
export async function hideGhostText(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || !isPeek(editor)) return void (await vscode.commands.executeCommand("editor.action.inlineSuggest.hide"));
  // VS Code lets ghost text go where somebody moves the cursor: so it is moved, and set back.
  const before = editor.selections;
  const aside = beside(editor.selection.active, editor.document);
  editor.selection = new vscode.Selection(aside, aside);
  editor.selections = before;
}

/** Another place near one: before it, or behind where nothing stands before. An empty document has none. */
function beside({ line, character }: vscode.Position, document: vscode.TextDocument): vscode.Position {
  if (character > 0) return new vscode.Position(line, character - 1);
  if (line > 0) return new vscode.Position(line - 1, 0);
  return document.positionAt(1);
}
