import { EvalError } from "./evalError";

const EXIT_FAILED = 1;
const EXIT_INTERRUPTED = 130;

export interface CommandEnd {
  /** a message, or an error whose stack is wanted */
  readonly shown: unknown;
  readonly exitCode: number;
}

/**
 * What is told of that which ended a program early. What failed while an interrupted one put things in order is told instead of the interruption, which
 * would promise that all is kept.
 * @param signal its reason is the interruption
 */
export function commandEnd(error: unknown, signal: AbortSignal): CommandEnd {
  const isInterruption =
    signal.aborted && (error === signal.reason || (error instanceof EvalError && error.failure.kind === "interrupted"));
  const told: unknown = isInterruption ? signal.reason : error;
  return { shown: isOwn(told) ? told.message : told, exitCode: isInterruption ? EXIT_INTERRUPTED : EXIT_FAILED };
}

/** Errors whose message says what to do; of any other the stack is wanted. */
function isOwn(error: unknown): error is Error {
  return error instanceof Error && ["EvalError", "EngineError", "StoreError"].includes(error.name);
}
