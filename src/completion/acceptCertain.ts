import * as vscode from "vscode";
import { placeAfter } from "../region/placeAfter";
import type { Suggestion } from "./outcome";
import { writtenClosers } from "./writtenClosers";

/** What VS Code was given last to show, and where. */
export interface LastSuggestion {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly position: vscode.Position;
  readonly suggestion: Suggestion;
}

/**
 * Takes of what is shown only what comes before its first uncertain token; the rest is offered again behind it. All of it where all is certain. Where VS Code
 * may show another than the last, an alternative, a word of that: what it shows it tells nobody.
 */
export async function acceptCertain(last: LastSuggestion | undefined): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const isThere =
    editor?.document === last?.document &&
    editor?.document.version === last?.version &&
    editor?.selection.isEmpty === true &&
    last !== undefined &&
    editor.selection.active.isEqual(last.position);
  if (!isThere) {
    await vscode.commands.executeCommand("editor.action.inlineSuggest.acceptNextWord");
    return;
  }
  const { position } = last;
  const { insertText, certainChars, replaceBefore, replaceAfter } = last.suggestion;
  if (certainChars >= insertText.length) {
    await vscode.commands.executeCommand("editor.action.inlineSuggest.commit");
    return;
  }
  const head = insertText.slice(replaceBefore, certainChars);
  if (head === "") return;
  const behind = editor.document.lineAt(position.line).text.slice(position.character, position.character + replaceAfter);
  const taken = writtenClosers(head, behind);
  const isDone = await editor.edit((edit) => edit.replace(new vscode.Range(position, position.translate(0, taken)), head));
  if (!isDone) return;
  const end = position.with(placeAfter(position, head));
  editor.selection = new vscode.Selection(end, end);
}
