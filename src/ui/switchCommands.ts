import * as vscode from "vscode";
import { DEFAULT_SETTINGS, isLanguageOn, type Settings } from "../config";

/** Switches suggestions for all languages. */
export async function toggle(settings: Settings): Promise<void> {
  await vscode.workspace.getConfiguration("unmask").update("enable", !settings.enable, vscode.ConfigurationTarget.Global);
}

/** Switches suggestions for one language; what other languages have stays. */
export async function toggleLanguage(settings: Settings, languageId: string): Promise<void> {
  const configuration = vscode.workspace.getConfiguration("unmask");
  const own = configuration.inspect<Record<string, boolean>>("languages")?.globalValue ?? {};
  const languages = { ...own, [languageId]: !isLanguageOn(settings, languageId) };
  if (languages[languageId] === DEFAULT_SETTINGS.languages[languageId]) delete languages[languageId];
  await configuration.update("languages", Object.keys(languages).length === 0 ? undefined : languages, vscode.ConfigurationTarget.Global);
}
