import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Manifest } from "../../../src/model/manifest";
import { prepareModel, type PrepareOptions } from "../../../src/model/prepare";
import type { PreparedModel } from "../../../src/model/preparedModel";

export const FIXTURES = join(__dirname, "../../fixtures/model");

/** Token ids of the tiny models, as make_tiny_models.py gives them. */
export const TINY = { end: 588, prefix: 591, middle: 592, suffix: 593, mask: 594 } as const;

/** A manifest that says of a tiny model what is true of it; prepareModel looks at nothing that is left out. */
export function tinyManifest(name: string): Manifest {
  return {
    version: 1,
    name,
    title: name,
    licence: "MIT",
    languages: ["python"],
    base: {
      file: `${name}.gguf`,
      bytes: 1,
      sha256: "0".repeat(64),
      licence: "MIT",
      architecture: name.includes("llama") ? "llama" : "qwen2",
    },
    specialTokens: TINY,
    denoising: {
      shift: true,
      attention: "causal-context-block",
      blockSize: 8,
      draftSize: 2,
      sampler: "verified",
      template: "prefix-suffix-middle",
    },
  };
}

export interface Prepared {
  readonly directory: string;
  readonly model: PreparedModel;
  remove(): Promise<void>;
}

/** Prepares a model in a folder of its own under the system's temporary folder. */
export async function prepareIn(options: Omit<PrepareOptions, "directory" | "source">): Promise<Prepared> {
  const directory = await mkdtemp(join(tmpdir(), "unmask-prepared-"));
  const model = await prepareModel({ ...options, directory, source: "test" });
  return { directory, model, remove: () => rm(directory, { recursive: true, force: true }) };
}

export function prepareTiny(name: string, options: Partial<Omit<PrepareOptions, "directory" | "source">> = {}): Promise<Prepared> {
  return prepareIn({ manifest: tinyManifest(name), basePath: join(FIXTURES, `${name}.gguf`), ...options });
}
