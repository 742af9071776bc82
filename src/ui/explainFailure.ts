import * as l10n from "@vscode/l10n";
import { EngineError } from "../backends/engineError";
import { StoreError } from "../model/store/storeError";
import { commandName } from "../words/commandName";

/**
 * Why there is no model, as one sentence for the user.
 * @param onDefect told of what is no failure of the store or of a file, but a defect of the program
 */
export function explainFailure(error: unknown, onDefect: (error: unknown) => void): string {
  if (error instanceof StoreError || error instanceof EngineError) return error.message;
  onDefect(error);
  const detail = error instanceof Error ? error.message : String(error);
  return l10n.t(
    "The model could not be got ({0}): run {1} for the whole story, and {2} to try again.",
    detail,
    commandName("showLog"),
    commandName("getModel"),
  );
}
