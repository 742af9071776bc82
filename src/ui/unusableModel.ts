import * as l10n from "@vscode/l10n";
import { commandName } from "../words/commandName";

/** What to do about a model that can't be used in a folder that the user named, which Unmask leaves alone. */
export function unusableModel(directory: string): string {
  return l10n.t(
    "There is no usable model in {0}, which {1} or {2} names: empty that ({3}), and Unmask makes its own.",
    directory,
    "unmask.model.path",
    "UNMASK_MODEL_DIR",
    commandName("openSettings"),
  );
}
