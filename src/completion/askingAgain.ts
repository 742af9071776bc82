import * as vscode from "vscode";
import { hideGhostText } from "./hideGhostText";

/** Longer than VS Code takes to ask after it was told to. */
const ASKING_MS = 500;

/** Makes VS Code ask the providers at the cursor, and knows that question when it comes: VS Code says of it only that somebody invoked it. */
export class AskingAgain {
  private askedAtMs = -Infinity;

  async ask(): Promise<void> {
    // At a place where it has asked already VS Code asks again only after it has hidden what it shows.
    await hideGhostText();
    this.askedAtMs = performance.now();
    await vscode.commands.executeCommand("editor.action.inlineSuggest.trigger");
  }

  /** Whether the question that comes now is the one that was made here. It is one question only. */
  take(): boolean {
    const isOurs = performance.now() - this.askedAtMs < ASKING_MS;
    this.askedAtMs = -Infinity;
    return isOurs;
  }
}
