import { readFile } from "node:fs/promises";
import os from "node:os";
import { join } from "node:path";
import { version as onnxruntime } from "onnxruntime-node/package.json";
import { version as unmask } from "../../package.json";
import { chooseThreads } from "../../src/engine/chooseThreads";
import { WEIGHTS_FILE } from "../../src/model/preparedModel";
import { sha256OfFile } from "../../src/model/sha256OfFile";
import type { Entry } from "./attempt";
import { refuseRebuilt, type EngineBuild } from "./engineBuild";
import { EngineContestant, type ContestSampler } from "./engineContestant";
import { EvalError } from "./evalError";
import { LLAMA_NAME, LlamaContestant } from "./llamaContestant";
import type { EvalModel, Models } from "./models";
import type { EvalOptions } from "./parseEvalOptions";
import type { ProjectFiles } from "./projectFiles";

type Choice = Pick<EvalOptions, "maxTokens" | "threads" | "block" | "path" | "prefixChars"> & {
  readonly project: ProjectFiles | undefined;
  readonly build: EngineBuild;
};

/** A model with a sampler. Another build of the engine makes it another contestant: its answers may be others. */
export function engineEntry({ label, directory, prepared }: EvalModel, sampler: ContestSampler, choice: Choice): Entry {
  // One at a time has no block.
  const block = sampler === "one-at-a-time" ? undefined : choice.block;
  const name = `${label}, ${sampler}${block === undefined ? "" : `, blocks of ${block}`}`;
  const { build } = choice;
  const { source, files } = prepared;
  return {
    name,
    settings: {
      ...{ engine: "unmask", version: unmask, engineSha256: build.sha256, onnxruntime, threads: choice.threads, sampler },
      ...{ model: prepared.name, modelSource: source, weightsSha256: files[WEIGHTS_FILE]!.sha256 },
      ...(block !== undefined && { block }),
    },
    start: async () => {
      await refuseRebuilt(build);
      return EngineContestant.start({ name, directory, prepared, sampler, ...choice, block });
    },
  };
}

/** llama.cpp. @throws EvalError noPeer, noModel */
export async function llamaEntry(folder: string, models: Models, { maxTokens, threads, prefixChars }: Choice): Promise<Entry> {
  const version = await readVersion(folder);
  const base = await models.base();
  return {
    name: LLAMA_NAME,
    settings: { engine: "node-llama-cpp", version, threads, sampler: "one-at-a-time", weightsSha256: await sha256OfFile(base) },
    start: () => LlamaContestant.start(folder, base, chooseThreads(threads, os.availableParallelism()), { maxTokens, prefixChars }),
  };
}

async function readVersion(folder: string): Promise<string> {
  try {
    const file = join(folder, "node_modules/node-llama-cpp/package.json");
    return (JSON.parse(await readFile(file, "utf8")) as { version: string }).version;
  } catch (error) {
    throw new EvalError({ kind: "noPeer", folder, detail: "it is not installed there" }, { cause: error });
  }
}
