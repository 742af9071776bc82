import * as vscode from "vscode";
import type { StatusView } from "./statusView";

const BACKGROUNDS: Readonly<Record<StatusView["severity"], vscode.ThemeColor | undefined>> = {
  none: undefined,
  warning: new vscode.ThemeColor("statusBarItem.warningBackground"),
  error: new vscode.ThemeColor("statusBarItem.errorBackground"),
};

/** The one status item. A click opens the menu. */
export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("unmask.status", vscode.StatusBarAlignment.Right, 100);

  constructor() {
    this.item.name = "Unmask";
    this.item.command = "unmask.menu";
    this.item.show();
  }

  show({ text, label, severity }: StatusView): void {
    this.item.text = text;
    this.item.tooltip = label;
    this.item.accessibilityInformation = { label, role: "button" };
    this.item.backgroundColor = BACKGROUNDS[severity];
  }

  dispose(): void {
    this.item.dispose();
  }
}
