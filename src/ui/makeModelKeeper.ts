import * as path from "node:path";
import type * as vscode from "vscode";
import type { Settings } from "../config";
import { ensureModel } from "../model/store/ensureModel";
import { markPreparedUsed } from "../model/store/markPreparedUsed";
import { askForModel } from "./askForModel";
import { discardPrepared } from "./discardPrepared";
import { explainFailure } from "./explainFailure";
import { ModelKeeper } from "./modelKeeper";
import { shippedModelFolder } from "./shippedModelFolder";
import { showGetting } from "./showGetting";

/** The model keeper with the editor's ways to ask, to show progress and to fetch. */
export function makeModelKeeper(context: vscode.ExtensionContext, settings: () => Settings, log: vscode.LogOutputChannel): ModelKeeper {
  const logDefect = (defect: unknown): void => log.error(defect instanceof Error ? defect : String(defect));
  return new ModelKeeper({
    namedDirectory: () => process.env["UNMASK_MODEL_DIR"] || settings()["model.path"] || undefined,
    ensure: async (ask, onProgress, signal) => {
      const basePath = settings()["model.baseFile"];
      return ensureModel({
        modelFolder: shippedModelFolder(context.extensionPath),
        ...(basePath === "" ? {} : { basePath }),
        ask,
        // VS Code's own, which knows its proxy settings.
        fetch: (url, init) => globalThis.fetch(url, init),
        prepare: { entry: path.join(context.extensionPath, "dist", "prepare.cjs") },
        onProgress,
        signal,
      });
    },
    ask: (request, wish) => askForModel(request, wish, settings()["model.download"], context.globalState),
    showGetting,
    explain: (error) => explainFailure(error, logDefect),
    discard: discardPrepared,
    markUsed: (directory) => void markPreparedUsed(directory).catch(logDefect),
  });
}
