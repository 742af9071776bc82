import * as vscode from "vscode";
import { DEFAULT_SETTINGS, isLanguageOn, type Settings } from "../config";
import { settingTarget } from "./settingTarget";
import { switchedLanguages } from "./switchedLanguages";

type Languages = Settings["languages"];

const TARGETS = { global: vscode.ConfigurationTarget.Global, workspace: vscode.ConfigurationTarget.Workspace } as const;

/** Switches suggestions for all languages. */
export async function toggle(settings: Settings): Promise<void> {
  const configuration = vscode.workspace.getConfiguration("unmask");
  await configuration.update("enable", !settings.enable, TARGETS[settingTarget(configuration.inspect("enable"))]);
}

/** Switches suggestions for one language; what other languages have stays. */
export async function toggleLanguage(settings: Settings, languageId: string): Promise<void> {
  const configuration = vscode.workspace.getConfiguration("unmask");
  const inspected = configuration.inspect<Languages>("languages");
  const target = settingTarget({ workspaceValue: inspected?.workspaceValue?.[languageId] });
  const isWorkspace = target === "workspace";
  const own = isWorkspace ? inspected?.workspaceValue : inspected?.globalValue;
  const below = { ...DEFAULT_SETTINGS.languages, ...(isWorkspace ? inspected?.globalValue : {}) };
  await configuration.update("languages", switchedLanguages(own, below, languageId, !isLanguageOn(settings, languageId)), TARGETS[target]);
}
