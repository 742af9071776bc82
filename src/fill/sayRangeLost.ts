import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";

/** Says that the text to be filled is not what it was. */
export function sayRangeLost(): void {
  void vscode.window.showWarningMessage(l10n.t("The selection was changed meanwhile: select it again."));
}
