import { EngineError } from "../../backends/engineError";
import { errorCode } from "./errorCode";
import { StoreError } from "./storeError";

/**
 * The system's error as one the user can act on; what is typed already, and what nobody expected, stays as it is.
 * @param neededBytes said where the disk is full
 */
export function asStoreError(error: unknown, directory: string, neededBytes: number): unknown {
  if (error instanceof StoreError || error instanceof EngineError) return error;
  const code = errorCode(error);
  if (code === undefined) return error;
  if (code === "ENOSPC" || code === "EDQUOT") return new StoreError({ kind: "noSpace", directory, neededBytes }, { cause: error });
  return new StoreError({ kind: "fileSystem", path: (error as NodeJS.ErrnoException).path ?? directory, code }, { cause: error });
}
