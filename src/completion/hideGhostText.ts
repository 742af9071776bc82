import * as vscode from "vscode";
import { isPeek } from "./isPeek";

/** Hides what is shown, and leaves the focus where it is. */
export async function hideGhostText(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || !isPeek(editor)) return void (await vscode.commands.executeCommand("editor.action.inlineSuggest.hide"));
  if (editor.document.lineCount === 1 && editor.document.lineAt(0).text === "") return;
  // VS Code lets ghost text go where somebody moves the cursor: so it is moved, and back, by commands that stay true where something is typed meanwhile.
  const { line, character } = editor.selection.active;
  const moves = line + character > 0 ? ["cursorLeft", "cursorRight"] : ["cursorRight", "cursorLeft"];
  await Promise.all(moves.map((move) => vscode.commands.executeCommand(move)));
}
