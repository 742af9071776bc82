/**
 * How good the models are, through the product's own engine: npm run eval -- --data FILE.jsonl[.gz] [options]
 *
 *   --data FILE         HumanEval-Infilling's format or infill-dev's
 *   --limit N           so many problems, evenly spaced (all)
 *   --model DIRECTORY   a prepared model; several may be named (absent: UNMASK_MODEL_DIR, else the store's, which is made if need be)
 *   --sampler S,S       verified, confidence, one-at-a-time, or all (verified)
 *   --peer FOLDER       where node-llama-cpp is installed: it answers too, one token at a time, with the base that --base or UNMASK_BASE_GGUF names
 *   --threads N         of the peer (as the engine chooses)
 *   --max-tokens N      of an answer (96)
 *   --files DIRECTORY   the packages that infill-dev's files are from: the model sees the file's path and pieces of the package's other files
 *   --answers FILE      keeps the answers: {contestant, id, answer, …} a line
 *   --json FILE         keeps the figures
 *
 * How long the answer is the models are not told, and it is judged whole; what cutting it would bring stands beside it. All contestants answer in one run.
 * The tests of a problem run in a sandbox (sandbox.py), which needs Python 3. Needs a build (`node esbuild.mjs`).
 */
import { createHash } from "node:crypto";
import { createWriteStream, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import { basename } from "node:path";
import { finished } from "node:stream/promises";
import { parseArgs } from "node:util";
import { chooseThreads } from "../../src/engine/chooseThreads";
import { findModel } from "../bench/findModel";
import { machine } from "../bench/machine";
import type { Contestant } from "./attempt";
import { attemptAll, judgeAll, resultOf } from "./contest";
import { CONTEST_SAMPLERS, EngineContestant, type ContestSampler } from "./engineContestant";
import { evalTable } from "./evalTable";
import type { Outcome } from "./figures";
import { LlamaContestant } from "./llamaContestant";
import { ProjectFiles } from "./projectFiles";
import { passesTests } from "./pythonTests";
import { readProblems } from "./readProblems";
import type { ContestantResult, EvalResult } from "./result";
import { syntaxErrors } from "./syntaxErrors";

function samplersOf(value: string): ContestSampler[] {
  const known = Object.keys(CONTEST_SAMPLERS) as ContestSampler[];
  const names = value === "all" ? known : value.split(",");
  return names.map((name) => {
    const found = known.find((one) => one === name);
    if (found === undefined) throw new Error(`There is no sampler ${name}: choose from ${known.join(", ")}, all.`);
    return found;
  });
}

function countOf(value: string, option: string): number {
  const count = Number(value);
  if (!Number.isInteger(count) || count < 1) throw new Error(`--${option} is a whole number above 0, not ${value}.`);
  return count;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: "string" },
      limit: { type: "string" },
      model: { type: "string", multiple: true },
      sampler: { type: "string", default: "verified" },
      peer: { type: "string" },
      base: { type: "string" },
      threads: { type: "string", default: "0" },
      "max-tokens": { type: "string", default: "96" },
      files: { type: "string" },
      answers: { type: "string" },
      json: { type: "string" },
    },
  });
  if (values.data === undefined) throw new Error("--data FILE is missing.");
  const data = values.data;
  const samplers = samplersOf(values.sampler);
  const maxTokens = countOf(values["max-tokens"], "max-tokens");
  const problems = readProblems(data, values.limit === undefined ? Infinity : countOf(values.limit, "limit"));
  const project = values.files === undefined ? undefined : new ProjectFiles(values.files);
  const judges = { passesTests, syntaxErrors };
  const answers = values.answers === undefined ? undefined : createWriteStream(values.answers);

  const { directory, base } = await findModel(values.model?.[0], values.base);
  const directories = values.model ?? [directory];
  const contestants = directories.flatMap((folder) =>
    samplers.map((sampler) => (): Promise<Contestant> => {
      const name = directories.length > 1 ? `${basename(folder)}, ${sampler}` : sampler;
      return Promise.resolve(new EngineContestant(name, { directory: folder, sampler, maxTokens, ...(project && { project }) }));
    }),
  );
  const { peer } = values;
  const threads = chooseThreads(Number(values.threads), os.availableParallelism());
  if (peer !== undefined) contestants.push(() => LlamaContestant.start(peer, base, threads, maxTokens));

  const results: ContestantResult[] = [];
  let first: readonly Outcome[] | undefined;
  for (const start of contestants) {
    const contestant = await start();
    try {
      let count = 0;
      const attempts = await attemptAll(contestant, problems, (attempt) => {
        answers?.write(`${JSON.stringify({ contestant: contestant.name, id: problems[count]!.id, answer: attempt.text, ...attempt })}\n`);
        count += 1;
        if (process.stderr.isTTY) process.stderr.write(`\r${contestant.name}: ${count} of ${problems.length}\x1b[K`);
      });
      if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
      const outcomes = await judgeAll(problems, attempts, judges);
      results.push(resultOf(contestant.name, problems, outcomes, first));
      first ??= outcomes.whole;
    } finally {
      await contestant.stop();
    }
  }
  if (answers !== undefined) await finished(answers.end());
  console.log(`${basename(data)}, ${problems.length} problems\n\n${evalTable(results)}`);
  const dataSha256 = createHash("sha256").update(readFileSync(data)).digest("hex");
  const result: EvalResult = { data: basename(data), dataSha256, problems: problems.length, machine: machine(), contestants: results };
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(result, null, 1)}\n`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
