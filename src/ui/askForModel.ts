import * as vscode from "vscode";
import type { Settings } from "../config";
import type { ConsentRequest } from "../model/store/baseSource";
import { consentText } from "./consentText";
import type { Wish } from "./modelKeeper";

const DECLINED = "unmask.modelDeclined";
const GET = "Get Model";

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
  const answer = await vscode.window.showInformationMessage(consentText(request), GET, "Not Now");
  await memory.update(DECLINED, answer === GET ? undefined : true);
  return answer === GET;
}
