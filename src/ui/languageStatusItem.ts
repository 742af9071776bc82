import * as vscode from "vscode";
import { DOCUMENTS } from "../completion/provider";
import { SYNTAX_LANGUAGES } from "../region/syntaxLanguages";
import { MOST_LINES } from "../region/syntaxTrees";
import { languageStatusView } from "./languageStatusView";
import type { StatusInput } from "./statusView";

/** Unmask in VS Code's language status, beside the language's name. */
export class LanguageStatusItem implements vscode.Disposable {
  private readonly item = vscode.languages.createLanguageStatusItem("unmask.language", DOCUMENTS);

  constructor() {
    this.item.name = "Unmask";
  }

  /** @param document the active one, whose language `status` tells of */
  show(status: StatusInput, document: vscode.TextDocument | undefined): void {
    // Without a document VS Code shows no language status.
    if (document === undefined || status.language === undefined) return;
    const hasTree = Object.hasOwn(SYNTAX_LANGUAGES, document.languageId) && document.lineCount <= MOST_LINES;
    const { text, detail, severity, isBusy, action } = languageStatusView({ ...status, language: status.language }, hasTree);
    this.item.text = text;
    this.item.detail = detail;
    this.item.severity = severity === "warning" ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
    this.item.busy = isBusy;
    this.item.command = action;
  }

  dispose(): void {
    this.item.dispose();
  }
}
