import type { EngineFailure } from "../backends/engineError";

/** What the engine is doing, for the status item. */
export type EngineState =
  /** not running; the next request starts it */
  | { readonly kind: "stopped" }
  | { readonly kind: "loading" }
  | { readonly kind: "ready"; readonly model: string }
  | { readonly kind: "thinking"; readonly model: string }
  /** no answers until something is done about it, or until a start that is tried anew succeeds */
  | { readonly kind: "failed"; readonly failure: EngineFailure };

/** Failures that trying again does not heal: only `restart()` leaves them. */
export function staysDown(failure: EngineFailure): boolean {
  return failure.kind === "modelMissing" || failure.kind === "modelDamaged" || failure.kind === "engineKeepsDying";
}
