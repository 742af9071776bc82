import * as vscode from "vscode";

/** Says that the text to be filled is not what it was. */
export function sayRangeLost(): void {
  void vscode.window.showWarningMessage(
    "The selected text was changed meanwhile, so the fill has no place any more: select it again and run Fill Selection.",
  );
}
