import * as vscode from "vscode";
import type { StatusInput } from "./statusView";

interface MenuItem extends vscode.QuickPickItem {
  readonly command: string;
}

/** What a click on the status item offers. */
export async function showMenu({ enabled, language, model, engine }: StatusInput, title: string): Promise<void> {
  const items: MenuItem[] = [
    { label: enabled ? "$(circle-slash) Switch off" : "$(check) Switch on", description: "for all languages", command: "unmask.toggle" },
  ];
  if (language !== undefined) {
    items.push({
      label: language.on ? `$(circle-slash) Switch off for ${language.id}` : `$(check) Switch on for ${language.id}`,
      command: "unmask.toggleLanguage",
    });
  }
  if (model.kind === "missing" || model.kind === "failed" || model.kind === "unknown")
    items.push({ label: "$(cloud-download) Get model", command: "unmask.getModel" });
  items.push(
    { label: "$(eye) Show denoising trace", command: "unmask.showDenoisingTrace" },
    { label: engine.kind === "failed" ? "$(debug-restart) Restart engine" : "$(refresh) Restart engine", command: "unmask.restartEngine" },
    { label: "$(output) Show log", command: "unmask.showLog" },
    { label: "$(gear) Settings", command: "unmask.openSettings" },
  );
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder: "What shall Unmask do?" });
  if (picked !== undefined) await vscode.commands.executeCommand(picked.command);
}
