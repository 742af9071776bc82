import * as vscode from "vscode";
import { ENGLISH, useUiLanguage } from "./uiLanguage";

/** Modules that know no editor use the words that VS Code has loaded for its own `l10n.t`, so that both speak one language. */
export function speakVscodesLanguage(): void {
  const { bundle } = vscode.l10n;
  useUiLanguage(bundle === undefined ? ENGLISH : { tag: vscode.env.language, bundle });
}
