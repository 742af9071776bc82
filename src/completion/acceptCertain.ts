import * as vscode from "vscode";
import { isPeek } from "./isPeek";
import { shownHere, type LastSuggestion } from "./lastSuggestion";
import { writeShown } from "./writeShown";

/**
 * Takes of what is shown only what comes before its first uncertain token; the rest is offered again behind it. All of it where all is certain. Where VS Code
 * may show another than the last, an alternative, a word of that.
 */
export async function acceptCertain(last: LastSuggestion | undefined): Promise<void> {
  const shown = shownHere(last);
  if (shown === undefined) {
    await vscode.commands.executeCommand("editor.action.inlineSuggest.acceptNextWord");
    return;
  }
  const { insertText, certainChars } = shown.suggestion;
  const isWhole = certainChars >= insertText.length;
  if (isWhole && !isPeek(shown.editor)) await vscode.commands.executeCommand("editor.action.inlineSuggest.commit");
  else await writeShown(shown, isWhole ? insertText.length : certainChars);
}
