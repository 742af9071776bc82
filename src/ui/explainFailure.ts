import { EngineError } from "../backends/engineError";
import { StoreError } from "../model/store/storeError";

/**
 * Why there is no model, as one sentence for the user.
 * @param onDefect told of what is no failure of the store or of a file, but a defect of the program
 */
export function explainFailure(error: unknown, onDefect: (error: unknown) => void): string {
  if (error instanceof StoreError || error instanceof EngineError) return error.message;
  onDefect(error);
  const detail = error instanceof Error ? error.message : String(error);
  return `The model could not be got (${detail}): run "Unmask: Show Log" for the whole story, and "Unmask: Get Model" to try again.`;
}
