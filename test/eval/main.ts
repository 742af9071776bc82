/**
 * How good the models are, through the product's own engine: npm run eval -- --data FILE.jsonl[.gz] [options]
 *
 *   --data FILE         HumanEval-Infilling's format or infill-dev's
 *   --limit N           so many problems, evenly spaced (all)
 *   --model [NAME=]PATH a folder under models/, a prepared model's folder, or an adapter.safetensors (for the base and the vocabulary of the model that
 *                       ships); may be repeated (every folder under models/)
 *   --base-alone        the base without an adapter, too
 *   --sampler S         verified, confidence, one-at-a-time, or all; may be repeated (verified)
 *   --peer [FOLDER]     where node-llama-cpp is installed (UNMASK_PEER, else this folder): llama.cpp answers too, one token at a time, with the same base
 *                       and the text alone
 *   --base FILE         the base's weights (UNMASK_BASE_GGUF, else where the product finds them)
 *   --threads N         of the engine and the peer (as the engine chooses)
 *   --max-tokens N      of an answer (96)
 *   --block N           masks in a block (as the model's manifest says)
 *   --path              the model sees the file's path, where the set says it
 *   --files DIRECTORY   the packages that infill-dev's files are from: the model sees the path, and pieces of the package's other files
 *   --prefix-chars N    as in a file that has just been begun: only so much of what stands before the region is there
 *   --json FILE         keeps every attempt and all figures; a run that ended early goes on from there, and further contestants are added
 *
 * How long the answer is the models are not told, and it is judged whole; what cutting it would bring stands beside it. The tests of a problem run in a
 * sandbox (sandbox.py), which needs Python 3. Needs a build (`node esbuild.mjs`). `npm run eval:report` makes tables and plots.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { machine } from "../bench/machine";
import { allModelFolders } from "./allModelFolders";
import { asCommand } from "./asCommand";
import type { Entry } from "./attempt";
import { engineBuild } from "./engineBuild";
import { engineEntry, llamaEntry } from "./entries";
import { EvalError } from "./evalError";
import type { SetSettings } from "./evalFile";
import { EvalKeeper } from "./evalKeeper";
import { evalTables } from "./evalTables";
import { Models } from "./models";
import { parseEvalOptions, type EvalOptions } from "./parseEvalOptions";
import { ProjectFiles } from "./projectFiles";
import { checkSandbox, passesTests } from "./pythonTests";
import { readProblems } from "./readProblems";
import { runEval } from "./runEval";
import { syntaxErrors } from "./syntaxErrors";

async function main(options: EvalOptions, signal: AbortSignal): Promise<void> {
  const { data, limit, files, json } = options;
  const problems = readProblems(data, limit);
  if (problems.some(({ tests }) => tests)) await checkSandbox();
  const keeper = await EvalKeeper.open(json, setSettings(options, problems.length));
  const project = files === undefined ? undefined : new ProjectFiles(files);
  for (const { path } of problems) if (path !== undefined) project?.check(path);
  const entries = await enter(options, project, signal);
  await runEval(entries, { problems, keeper, judges: { passesTests, syntaxErrors }, machine, signal, onProgress });
  const results = keeper.contestants.flatMap(({ name, result }) => (result ? [{ name, ...result }] : []));
  console.log(`${basename(data)}, ${problems.length} problems\n\n${evalTables(results)}`);
}

function setSettings({ data, maxTokens, files, path, prefixChars }: EvalOptions, problems: number): SetSettings {
  const dataSha256 = createHash("sha256").update(readFileSync(data)).digest("hex");
  const withProject = files !== undefined;
  const unusual = { ...(path && { withPath: true }), ...(prefixChars !== undefined && { prefixChars }) };
  return { data: basename(data), dataSha256, problems, maxTokens, withProject, ...unusual };
}

/** All contestants, their models prepared. */
async function enter(options: EvalOptions, project: ProjectFiles | undefined, signal: AbortSignal): Promise<Entry[]> {
  const { maxTokens, threads, block, path, prefixChars, samplers, peer } = options;
  const choice = { maxTokens, threads, block, path, prefixChars, project, build: await engineBuild() };
  const models = new Models(options.base, signal, (line) => console.error(line));
  const entries: Entry[] = [];
  const add = (model: Awaited<ReturnType<Models["open"]>>) =>
    entries.push(...samplers.map((sampler) => engineEntry(model, sampler, choice)));
  for (const spec of options.models.length > 0 ? options.models : allModelFolders()) add(await models.open(spec));
  if (options.baseAlone) add(await models.openBaseAlone());
  if (peer !== undefined) entries.push(await llamaEntry(peer, models, choice));
  const twice = entries.find(({ name }, at) => entries.findIndex((other) => other.name === name) !== at);
  if (twice)
    throw new EvalError({ kind: "badOption", detail: `Two contestants are called ${twice.name}: name them with --model NAME=PATH.` });
  return entries;
}

function onProgress(name: string, of: string, done: number, all: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${name}: ${of} ${done} of ${all}\x1b[K${done === all ? "\n" : ""}`);
  else if (done % 50 === 0 || done === all) console.error(`${name}: ${of} ${done} of ${all}`);
}

let json: string | undefined;

asCommand(
  async (signal) => {
    const options = parseEvalOptions(process.argv.slice(2), process.env["UNMASK_PEER"] ?? ".");
    json = options.json;
    await main(options, signal);
  },
  () => json,
);
