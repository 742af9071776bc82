/**
 * Entry of the process that prepares a model (dist/prepare.cjs). A process of its own: its memory goes back to the system when it ends, and cancelling
 * is a kill. It does one request and ends, or ends with its parent.
 */
import { constants, setPriority } from "node:os";
import { EngineError } from "../../backends/engineError";
import { prepareModel } from "../prepare";
import { errorCode } from "./errorCode";
import type { PrepareFailure, PrepareReport, PrepareRequest } from "./prepareMessages";

const PROGRESS_EVERY_MS = 100;

async function answer(request: PrepareRequest): Promise<PrepareReport> {
  let reportedMs = -Infinity;
  const onProgress = (done: number, total: number) => {
    const nowMs = performance.now();
    if (nowMs - reportedMs < PROGRESS_EVERY_MS && done < total) return;
    reportedMs = nowMs;
    tell({ kind: "progress", done, total });
  };
  try {
    return { kind: "done", prepared: await prepareModel({ ...request, onProgress }) };
  } catch (error) {
    return { kind: "failed", failure: describe(error) };
  }
}

function describe(error: unknown): PrepareFailure {
  if (error instanceof EngineError) return { kind: "engine", failure: error.failure };
  const code = errorCode(error);
  if (code !== undefined) return { kind: "system", code, path: (error as NodeJS.ErrnoException).path, message: (error as Error).message };
  return { kind: "other", message: error instanceof Error ? error.message : String(error) };
}

function tell(report: PrepareReport, sent?: () => void): void {
  process.send?.(report, undefined, undefined, sent);
}

// A terminal's Ctrl-C reaches the parent too, which then decides.
process.on("SIGINT", () => undefined);
process.on("disconnect", () => process.exit(1));
process.once("message", (request: PrepareRequest) => {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  void answer(request).then((report) => tell(report, () => process.exit(0)));
});
