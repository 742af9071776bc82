import { existsSync } from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import * as l10n from "@vscode/l10n";
import { PREPARED_FILE } from "../model/preparedModel";
import { readModelFolder } from "../model/store/readModelFolder";
import type { ModelSpeed } from "../usage/modelSpeed";
import type { ModelKeeper } from "./modelKeeper";
import { modelItems, type ModelAction } from "./modelItems";
import { sayProblem } from "./sayProblem";
import type { Settings } from "../config";

export interface ChooseModelParts {
  readonly modelFolder: () => string;
  readonly keeper: ModelKeeper;
  readonly settings: () => Settings;
  readonly speedOf: (model: string) => ModelSpeed | undefined;
  /** Gets the model, though it was declined or failed before. */
  readonly getModel: () => Promise<void>;
}

/** The model picker. What is chosen goes into the user's settings, which take effect by themselves. @throws EngineError, StoreError */
export async function chooseModel(parts: ChooseModelParts): Promise<void> {
  const { keeper, settings } = parts;
  const { name, title, licence, languages, base } = await readModelFolder(parts.modelFolder());
  const shipped = { title, licence, languages, bytes: base.bytes, speed: parts.speedOf(name) };
  const items = modelItems({ shipped, state: keeper.state, path: settings()["model.path"], baseFile: settings()["model.baseFile"] });
  const picked = await vscode.window.showQuickPick(items, {
    title: l10n.t("Unmask: Choose Model"),
    placeHolder: l10n.t("Which model shall write the suggestions?"),
  });
  if (picked !== undefined) await ACTIONS[picked.action](parts);
}

const ACTIONS: Readonly<Record<ModelAction, (parts: ChooseModelParts) => Promise<void>>> = {
  useShipped: async ({ getModel }) => {
    await set("model.path", undefined);
    await set("model.baseFile", undefined);
    await getModel();
  },
  chooseBaseFile: async ({ getModel }) => {
    const file = await pick({ canSelectFiles: true, filters: { GGUF: ["gguf"] }, title: l10n.t("The base's GGUF file") });
    if (file === undefined) return;
    await set("model.path", undefined);
    await set("model.baseFile", file);
    await getModel();
  },
  choosePrepared: async () => {
    const folder = await pick({ canSelectFolders: true, canSelectFiles: false, title: l10n.t("A folder with a prepared model") });
    if (folder === undefined) return;
    if (existsSync(path.join(folder, PREPARED_FILE))) return set("model.path", folder);
    sayProblem(l10n.t("{0} holds no prepared model: there is no {1} in it.", folder, PREPARED_FILE));
  },
};

async function pick(options: vscode.OpenDialogOptions): Promise<string | undefined> {
  const [uri] = (await vscode.window.showOpenDialog({ canSelectMany: false, ...options })) ?? [];
  return uri?.fsPath;
}

function set(key: "model.path" | "model.baseFile", value: string | undefined): Thenable<void> {
  return vscode.workspace.getConfiguration("unmask").update(key, value, vscode.ConfigurationTarget.Global);
}
