/**
 * An engine's process around a made-up model, for tests of the process and its client. What it does is told by the model
 * directory (how it loads) and by the request's prefix (how it answers).
 */
import { performance } from "node:perf_hooks";
import { closeSync, writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { EngineError } from "../../../src/backends/engineError";
import type { InfillEnd } from "../../../src/backends/infiller";
import type { EngineModel, ModelAnswer, ModelControl } from "../../../src/engine/engineModel";
import { runServer } from "../../../src/engine/runServer";
import { PASS_MS, UNHURRIED_PASS_MS } from "./fakePasses";

const passes = async (
  count: number,
  { signal, arrivedAtMs, deadlineAtMs = Infinity, onStep }: ModelControl,
  passMs = PASS_MS,
): Promise<ModelAnswer> => {
  const startedAtMs = performance.now(); // a timer may fire a little early, so the time is measured
  const tokens: { text: string; confidence: number }[] = [];
  let ended: InfillEnd = "length";
  while (tokens.length < count) {
    if (signal.aborted) ended = "aborted";
    if (performance.now() >= deadlineAtMs) ended = "deadline";
    if (ended !== "length") break;
    await sleep(passMs);
    tokens.push({ text: `t${tokens.length + 1} `, confidence: 0.5 });
    const cells = tokens.map((token) => ({ ...token, state: "revealed" as const, alternatives: [] }));
    onStep?.({ pass: tokens.length, atMs: performance.now() - arrivedAtMs, cells });
  }
  const text = tokens.map((token) => token.text).join("");
  const counts = { passes: tokens.length, prefillTokens: 1, cachedTokens: 0, writtenTokens: tokens.length };
  return { text, tokens, ...counts, times: { prefillMs: 0, denoiseMs: performance.now() - startedAtMs }, ended, fits: true };
};

/** What an engine gone mad writes between two messages. */
const BROKEN_MESSAGES: Readonly<Record<string, string>> = {
  garbage: "HTTP/1.1 200 OK\r\n\r\n<html>",
  huge: "Content-Length: 99999999999\r\n\r\n",
  half: 'Content-Length: 4000\r\n\r\n{"jsonrpc":"2.0","id":1,"result":{"te',
  "no JSON": "Content-Length: 5\r\n\r\n{'a'}",
};

let readAhead = "";

const model: EngineModel = {
  name: "fake",
  vocabularySize: 7,
  runtime: { name: "onnxruntime-node" },
  async infill(request, control) {
    if (request.prefix === "throw") throw new TypeError("a defect in the model");
    if (request.prefix in BROKEN_MESSAGES) writeSync(3, BROKEN_MESSAGES[request.prefix]!);
    if (request.prefix === "no infill") return { text: "fine so far" } as ModelAnswer;
    if (request.prefix === "no step") control.onStep?.({ pass: 1 } as never);
    if (request.prefix === "close") closeSync(3);
    if (request.prefix === "hang") for (;;);
    if (request.prefix === "what was read ahead") return { ...(await passes(0, control)), text: readAhead };
    if (request.prefix === "environment") {
      const text = `${process.env["ORT_DISABLE_TELEMETRY"]} ${process.env["ELECTRON_RUN_AS_NODE"]}`;
      return { ...(await passes(0, control)), text };
    }
    return passes(request.maxTokens, control, request.prefix.startsWith("unhurried") ? UNHURRIED_PASS_MS : PASS_MS);
  },
  async infillBranches(request, heads, control) {
    if (request.prefix === "no infills") return [await passes(1, control)];
    const answers = heads.map((head) => model.infill({ ...request, prefix: request.prefix + head }, control));
    return Promise.all(answers.map(async (answer, branch) => ({ ...(await answer), text: heads[branch]! + (await answer).text })));
  },
  readAhead: async ({ prefix }, signal) => {
    readAhead = prefix;
    while (!signal.aborted && prefix === "long") await sleep(PASS_MS);
  },
  cachedTokens: () => 3,
  dispose: () => Promise.resolve(console.log("the model is closed")),
};

void runServer(async (directory) => {
  console.log("a native library prints to stdout");
  if (directory === "missing") throw new EngineError({ kind: "modelMissing", directory });
  if (directory === "slow") await sleep(600);
  if (directory === "stop") process.kill(process.pid, "SIGSTOP");
  if (directory === "library") throw new Error("libstdc++.so.6: cannot open shared object file: No such file or directory");
  return model;
});
