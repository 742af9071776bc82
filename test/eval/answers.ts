/**
 * Answers infilling problems through the product's own engine, in its own process, and writes them for scoring.
 *
 *   npx tsx test/eval/answers.ts --model DIRECTORY --data FILE.jsonl[.gz] --out ANSWERS.jsonl [--limit 60] [--path] [--files DIRECTORY] [--prefix-chars N] [--sampler verified|confidence] [--block N] [--max-tokens 96]
 *
 * The length of what is missing is unknown to the model, and the answer is written as it came: neither cut at a line nor at the true length.
 * --path: the model sees the file's path too, where the set says it; --files: and pieces of the other files of the same package under DIRECTORY.
 * --prefix-chars: as in a file that has just been begun: only so much of what stands before the region is there.
 * ANSWERS.jsonl: {task_id, completion, …} a line, HumanEval-Infilling's format. Needs a build (`node esbuild.mjs`).
 */
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { LocalInfiller } from "../../src/backends/local";
import type { Infill, SamplerName } from "../../src/backends/infiller";
import { EngineClient } from "../../src/engine/client";
import { EngineSupervisor } from "../../src/engine/supervisor";
import { ProjectFiles } from "./projectFiles";
import { readProblems } from "./readProblems";

function required(value: string | undefined, option: string): string {
  if (value === undefined) throw new Error(`--${option} is missing`);
  return value;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      model: { type: "string" },
      data: { type: "string" },
      out: { type: "string" },
      limit: { type: "string", default: "60" },
      sampler: { type: "string", default: "verified" },
      block: { type: "string" },
      "max-tokens": { type: "string", default: "96" },
      path: { type: "boolean", default: false },
      files: { type: "string" },
      "prefix-chars": { type: "string", default: "1000000" },
    },
  });
  if (values.sampler !== "verified" && values.sampler !== "confidence")
    throw new Error(`--sampler is verified or confidence, not ${values.sampler}`);
  const sampler: SamplerName = values.sampler;
  const modelDirectory = required(values.model, "model");
  const out = required(values.out, "out");
  const problems = readProblems(required(values.data, "data"), Number(values.limit));
  const entry = join(__dirname, "../../dist/engine.cjs");
  const supervisor = new EngineSupervisor({ createClient: () => new EngineClient({ entry, modelDirectory }) });
  const infiller = new LocalInfiller(supervisor);
  const project = values.files === undefined ? undefined : new ProjectFiles(values.files);
  const all: Infill[] = [];
  let exact = 0;
  try {
    writeFileSync(out, "");
    for (const { id, prefix: whole, suffix, target, path } of problems) {
      const prefix = whole.slice(-Number(values["prefix-chars"]));
      const request = {
        prefix,
        suffix,
        ...(path !== undefined && values.path && { path }),
        ...(path !== undefined && project && { path, related: project.around(path, { before: prefix, after: suffix }) }),
        region: "span",
        languageId: "",
        maxTokens: Number(values["max-tokens"]),
        sampler,
      } as const;
      const infill = await infiller.infill({ ...request, ...(values.block !== undefined && { blockSize: Number(values.block) }) });
      all.push(infill);
      if (infill.text === target) exact++;
      const { text, writtenTokens, passes, prefillTokens, ended, fits, times } = infill;
      appendFileSync(
        out,
        JSON.stringify({
          task_id: id,
          completion: text,
          exact: text === target,
          writtenTokens,
          passes,
          prefillTokens,
          ended,
          fits,
          times,
        }) + "\n",
      );
    }
    const sum = (of: (infill: Infill) => number) => all.reduce((total, infill) => total + of(infill), 0);
    const passes = sum((infill) => infill.passes);
    const denoiseMs = sum((infill) => infill.times.denoiseMs);
    const written = sum((infill) => infill.writtenTokens);
    const ended = new Map<string, number>();
    for (const infill of all) ended.set(infill.ended, (ended.get(infill.ended) ?? 0) + 1);
    const ends = [...ended].map(([end, count]) => `${end} ${count}`);
    console.log(
      `${sampler}: ${problems.length} problems, ${exact} exact; ended by ${ends.join(", ")}; ${all.filter((infill) => infill.fits).length} fit`,
    );
    console.log(
      `${(written / passes).toFixed(2)} tokens a pass, ${(passes / all.length).toFixed(1)} passes an answer, ${(denoiseMs / passes).toFixed(1)} ms a pass`,
    );
    const prefillRate = sum((infill) => infill.prefillTokens) / sum((infill) => infill.times.prefillMs);
    console.log(
      `${((written / denoiseMs) * 1000).toFixed(1)} tokens/s written, ${(prefillRate * 1000).toFixed(0)} tokens/s prefill, ${(sum((infill) => infill.times.totalMs) / all.length).toFixed(0)} ms an answer`,
    );
    const { rssBytes } = await (await supervisor.ready()).status();
    console.log(`engine memory ${(rssBytes / 1e6).toFixed(0)} MB`);
  } finally {
    await supervisor.dispose();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
