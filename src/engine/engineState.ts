import type { EngineFailure } from "../backends/engineError";
import type { InitializeResult } from "./protocol";

/** What runs, for the tooltip. */
export type EngineInUse = Pick<InitializeResult, "model" | "threads"> & { readonly runtime: string };

/** What the engine is doing, for the status item. */
export type EngineState =
  /** not running; the next request starts it */
  | { readonly kind: "stopped"; readonly why?: "otherWindow" }
  | { readonly kind: "loading" }
  | ({ readonly kind: "ready" } & EngineInUse)
  | ({ readonly kind: "thinking" } & EngineInUse)
  /** no answers until something is done about it, or until a start that is tried anew succeeds */
  | { readonly kind: "failed"; readonly failure: EngineFailure };

/** The engine is loaded: it answers, or thinks about what it will. */
export function isUp(kind: EngineState["kind"]): boolean {
  return kind === "ready" || kind === "thinking";
}

/** Failures that trying again does not heal: only `restart()` leaves them. */
export function staysDown(failure: EngineFailure): boolean {
  return failure.kind === "modelMissing" || failure.kind === "modelDamaged" || failure.kind === "engineKeepsDying";
}
