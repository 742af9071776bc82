import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { Settings } from "../config";
import type { ConsentRequest } from "../model/store/baseSource";
import { consentText } from "./consentText";
import type { Wish } from "./modelKeeper";
import { commandTitle } from "../words/commandTitle";

const DECLINED = "unmask.modelDeclined";

/**
 * Asks whether the model may be fetched. The setting answers beforehand; who said "Not now" is not asked again of Unmask's own accord, in
 * this window or another.
 */
export async function askForModel(
  request: ConsentRequest,
  wish: Wish,
  download: Settings["model.download"],
  memory: vscode.Memento,
): Promise<boolean> {
  if (download === "always") return true;
  if (wish === "background" && (download === "never" || memory.get(DECLINED) === true)) return false;
  const get = commandTitle("getModel");
  const answer = await vscode.window.showInformationMessage(consentText(request), get, l10n.t("Not Now"));
  await memory.update(DECLINED, answer === get ? undefined : true);
  return answer === get;
}
