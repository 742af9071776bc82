import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { menuItems } from "./menuItems";
import { statusView, type StatusInput } from "./statusView";

/** What a click on the status item offers. */
export async function showMenu(status: StatusInput): Promise<void> {
  const picked = await vscode.window.showQuickPick(menuItems(status), {
    title: statusView(status).title,
    placeHolder: l10n.t("What shall Unmask do?"),
  });
  if (picked !== undefined) await vscode.commands.executeCommand(picked.command);
}
