import * as vscode from "vscode";
import type { Shown } from "./lastSuggestion";
import { writtenClosers } from "./writtenClosers";

/**
 * Writes a head of what is shown, by an edit; the cursor goes behind it.
 * @param chars UTF-16 units of `insertText`
 */
export async function writeShown({ editor, position, suggestion }: Shown, chars: number): Promise<void> {
  const { insertText, replaceBefore, replaceAfter } = suggestion;
  const head = insertText.slice(replaceBefore, chars);
  if (head === "") return;
  const behind = editor.document.lineAt(position.line).text.slice(position.character, position.character + replaceAfter);
  // Of the closers behind the cursor a head goes over those that it writes itself.
  const taken = chars < insertText.length ? writtenClosers(head, behind) : replaceAfter;
  // An insertion takes the cursor along. Set from here it would go back behind what was typed meanwhile.
  await editor.edit((edit) => {
    edit.insert(position, head);
    edit.delete(new vscode.Range(position, position.translate(0, taken)));
  });
}
