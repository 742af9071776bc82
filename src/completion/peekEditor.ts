import * as vscode from "vscode";
import { hideGhostText } from "./hideGhostText";
import { shownHere, type LastSuggestion } from "./lastSuggestion";
import { writeShown } from "./writeShown";

/**
 * In the editor of a peek view VS Code shows ghost text, but has its Tab and its Escape go to the editor that the view is in, and the cursor with them: what is
 * typed next would be written there (seen in 1.100 and 1.139). So two keys of package.json, for such an editor alone, come here.
 */
export function registerPeekKeys(last: () => LastSuggestion | undefined): vscode.Disposable {
  const { registerCommand } = vscode.commands;
  return vscode.Disposable.from(
    registerCommand("unmask.acceptInPeek", () => accept(last())),
    registerCommand("unmask.hideInPeek", () => hideGhostText()),
  );
}

async function accept(last: LastSuggestion | undefined): Promise<void> {
  const shown = shownHere(last);
  // VS Code may show another than the last. This command of its own does go to the right editor, and takes all of a single line.
  if (shown === undefined) await vscode.commands.executeCommand("editor.action.inlineSuggest.acceptNextLine");
  else await writeShown(shown, shown.suggestion.insertText.length);
}
