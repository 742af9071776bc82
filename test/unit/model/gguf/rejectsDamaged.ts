import { ok, rejects } from "node:assert/strict";
import { EngineError } from "../../../../src/backends/engineError";

/** Longest that a refusal may take on a busy machine. Hostile counts that are believed take minutes, or all memory. */
const PROMPT_MS = 2000;

/** Asserts that the promise rejects soon, as `modelDamaged` of that file, for the reason given. */
export async function rejectsDamaged(promise: Promise<unknown>, file: string, detail: RegExp): Promise<void> {
  const begun = performance.now();
  await rejects(promise, (error) => {
    ok(error instanceof EngineError && error.failure.kind === "modelDamaged", String(error));
    ok(error.failure.file === file, error.failure.file);
    ok(detail.test(error.failure.detail), `${error.failure.detail} is not ${detail}`);
    return true;
  });
  ok(performance.now() - begun < PROMPT_MS, "the refusal took too long");
}
