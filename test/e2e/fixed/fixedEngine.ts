/**
 * An engine's process that answers from a table: what a test in a real VS Code expects must not depend on what a model happens to write. The model's
 * folder is the test's: ANSWERS_FILE in it is read at each request, and each request is noted in REQUESTS_FILE: of several branches one each.
 */
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { CanvasCell, InfillRequest } from "../../../src/backends/infiller";
import type { EngineModel, ModelAnswer, ModelControl } from "../../../src/engine/engineModel";
import { runServer } from "../../../src/engine/runServer";
import { fixedAnswer, textOf, type FixedAnswer } from "./fixedAnswer";
import { ANSWERS_FILE, REQUESTS_FILE } from "./fixedFiles";

async function answer(folder: string, request: InfillRequest, { signal, arrivedAtMs, onStep }: ModelControl): Promise<ModelAnswer> {
  fs.appendFileSync(path.join(folder, REQUESTS_FILE), `${JSON.stringify(request)}\n`);
  const table = JSON.parse(fs.readFileSync(path.join(folder, ANSWERS_FILE), "utf8")) as FixedAnswer[];
  const { tokens, fits, waitMs } = fixedAnswer(table, request);
  const startedMs = performance.now();
  await sleep(waitMs, undefined, { signal }).catch(() => undefined);
  const isAborted = signal.aborted;
  const kept = isAborted ? [] : tokens;
  const cells = tokens.map(({ text, confidence }): CanvasCell => ({
    text,
    confidence,
    state: "revealed",
    alternatives: [{ text, confidence }],
  }));
  if (!isAborted) onStep?.({ pass: 1, atMs: performance.now() - arrivedAtMs, cells });
  return {
    text: textOf(kept),
    tokens: kept,
    passes: 1,
    prefillTokens: 1,
    cachedTokens: 0,
    writtenTokens: kept.length,
    times: { prefillMs: 1, denoiseMs: performance.now() - startedMs },
    ended: isAborted ? "aborted" : "end",
    fits,
  };
}

void runServer((folder) =>
  Promise.resolve<EngineModel>({
    name: "fixed",
    vocabularySize: 1,
    runtime: { name: "onnxruntime-node" },
    infill: (request, control) => answer(folder, request, control),
    infillBranches: (request, heads, control) =>
      Promise.all(heads.map((head) => answer(folder, { ...request, prefix: request.prefix + head }, control))),
    readAhead: () => Promise.resolve(),
    cachedTokens: () => 0,
    dispose: () => Promise.resolve(),
  }),
);
