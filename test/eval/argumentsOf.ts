import { parseArgs, type ParseArgsConfig } from "node:util";
import { EvalError } from "./evalError";

/** What Node reads of a command line. @throws EvalError badOption where it refuses it */
export function argumentsOf<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    if (error instanceof TypeError) throw new EvalError({ kind: "badOption", detail: error.message }, { cause: error });
    throw error;
  }
}
