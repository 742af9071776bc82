import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { Settings } from "../config";
import { showMenu } from "./showMenu";
import type { StatusInput } from "./statusView";
import { toggle, toggleLanguage } from "./switchCommands";
import { isWalkthroughNew } from "./walkthrough";

export interface CommandParts {
  readonly settings: () => Settings;
  readonly status: () => StatusInput;
  /** Gets the model, though it was declined or failed before. */
  readonly getModel: () => Promise<void>;
  readonly chooseModel: () => Promise<void>;
  readonly restartEngine: () => Promise<void>;
  /** Asks for all that there is at the cursor. */
  readonly askForMore: () => Promise<void>;
  /** Asks the engine at the cursor, whatever is known. */
  readonly askAnew: () => Promise<void>;
  /** Takes what is certain of what is shown. */
  readonly acceptCertain: () => Promise<void>;
  readonly log: vscode.LogOutputChannel;
  /** what is remembered on this machine */
  readonly memory: vscode.Memento;
}

/** All commands but those of the fill and of the trace, which register their own. */
export function registerCommands(parts: CommandParts): vscode.Disposable {
  const { registerCommand, executeCommand } = vscode.commands;
  return vscode.Disposable.from(
    registerCommand("unmask.toggle", () => toggle(parts.settings())),
    registerCommand("unmask.toggleLanguage", () => {
      const languageId = vscode.window.activeTextEditor?.document.languageId;
      if (languageId !== undefined) return toggleLanguage(parts.settings(), languageId);
      void vscode.window.showInformationMessage(l10n.t("Open a file of the language first, then switch it."));
    }),
    registerCommand("unmask.trigger", () => parts.askForMore()),
    registerCommand("unmask.askAnew", () => parts.askAnew()),
    registerCommand("unmask.acceptCertain", () => parts.acceptCertain()),
    registerCommand("unmask.getModel", () => parts.getModel()),
    registerCommand("unmask.chooseModel", () => parts.chooseModel()),
    registerCommand("unmask.restartEngine", () => parts.restartEngine()),
    registerCommand("unmask.showLog", () => parts.log.show()),
    registerCommand("unmask.openSettings", () => executeCommand("workbench.action.openSettings", "@ext:unmask.unmask")),
    registerCommand("unmask.menu", () => showMenu(parts.status(), isWalkthroughNew(parts.memory))),
  );
}
