import * as vscode from "vscode";
import { syntaxDocument } from "./syntaxDocument";
import type { SyntaxTrees } from "../region/syntaxTrees";

/** Tells the syntax trees of edits, closed documents, and of the one that is looked at. */
export function followDocuments(trees: SyntaxTrees): vscode.Disposable {
  const prepare = (editor: vscode.TextEditor | undefined): void => {
    if (editor !== undefined) trees.prepare(syntaxDocument(editor.document));
  };
  prepare(vscode.window.activeTextEditor);
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const changes = contentChanges.map(({ range, rangeOffset, rangeLength, text }) => ({
        start: range.start,
        end: range.end,
        startOffset: rangeOffset,
        replacedChars: rangeLength,
        text,
      }));
      trees.edit(document.uri.toString(), document.version, changes);
      // VS Code asks for a suggestion a moment later: meanwhile the edit is parsed, which may take longer than a keystroke can wait.
      if (document === vscode.window.activeTextEditor?.document) trees.prepare(syntaxDocument(document));
    }),
    vscode.workspace.onDidCloseTextDocument((document) => trees.forget(document.uri.toString())),
    vscode.window.onDidChangeActiveTextEditor(prepare),
  );
}
