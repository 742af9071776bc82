import { EngineError } from "../backends/engineError";

/** @param detail one clause that says what is wrong with the file */
export function damaged(file: string, detail: string, cause?: unknown): EngineError {
  return new EngineError({ kind: "modelDamaged", file, detail }, cause === undefined ? undefined : { cause });
}
