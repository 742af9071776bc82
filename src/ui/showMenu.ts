import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { menuItems } from "./menuItems";
import { statusView, type StatusInput } from "./statusView";

/** What a click on the status item offers. @param isNew whether the walkthrough was never opened */
export async function showMenu(status: StatusInput, isNew: boolean): Promise<void> {
  const picked = await vscode.window.showQuickPick(menuItems(status, isNew), {
    title: statusView(status).title,
    placeHolder: l10n.t("What shall Unmask do?"),
  });
  if (picked !== undefined) await vscode.commands.executeCommand(picked.command);
}
