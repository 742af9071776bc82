import { inEnglish } from "../words/inEnglish";
import { EngineError, explain } from "./engineError";

/** What the log says of an error: in English always, for whoever gets to read a log that a user sends. */
export function logWords(error: unknown): string {
  return error instanceof EngineError ? inEnglish(() => explain(error.failure)) : String(error);
}
