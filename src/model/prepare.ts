import { open, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { SpecialTokens } from "../diffusion/denoiser";
import { Adapter } from "./adapter";
import { readArchitecture } from "./architecture";
import { damaged } from "./damaged";
import { ExternalFile } from "./externalFile";
import { openGguf } from "./gguf/openGguf";
import { buildGraph } from "./graph";
import type { Manifest } from "./manifest";
import { GRAPH_FILE, PREPARED_VERSION, TOKENIZER_FILE, WEIGHTS_FILE, type PreparedModel } from "./preparedModel";
import { openSafetensors } from "./safetensors";
import { sha256OfFile } from "./sha256OfFile";
import { makeTokenizerJson } from "./tokenizer/makeTokenizerJson";
import type { Precision } from "./weights";
import { writeWeights } from "./writeWeights";

export interface PrepareOptions {
  readonly manifest: Manifest;
  readonly basePath: string;
  readonly adapterPath?: string;
  readonly vocabularyPath?: string;
  /** an empty folder, into which the files go */
  readonly directory: string;
  /** what the folder is made from, as the store names it */
  readonly source: string;
  /** default int8; float32 is what int8 is measured against */
  readonly precision?: Precision;
  readonly onProgress?: (done: number, all: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Makes graph, weights and tokenizer of a prepared model: reads the base, merges the adapter, prunes the vocabulary, quantises.
 * Writes all files but prepared.json, which the store writes last from what this returns, when all others are on the disk.
 * @throws EngineError modelDamaged; the file system's errors; the signal's reason
 */
export async function prepareModel(options: PrepareOptions): Promise<PreparedModel> {
  const { manifest, directory, signal } = options;
  const gguf = await openGguf(options.basePath);
  const adapterFile = options.adapterPath === undefined ? undefined : await openSafetensors(options.adapterPath);
  try {
    const vocabulary = await readVocabulary(options.vocabularyPath, gguf.tensors.get("token_embd.weight")?.shape[1] ?? 0);
    const specialTokens = renumber(manifest, vocabulary, options.vocabularyPath ?? options.basePath);
    const architecture = await readArchitecture(gguf, options.basePath, vocabulary.length);
    const adapter = adapterFile && Adapter.check(adapterFile, architecture.layers);

    const tokenizer = makeTokenizerJson(gguf, { file: options.vocabularyPath ?? options.basePath, ids: vocabulary });
    await writeWhole(join(directory, TOKENIZER_FILE), new TextEncoder().encode(JSON.stringify(tokenizer)));

    const out = await ExternalFile.create(join(directory, WEIGHTS_FILE));
    let graph: Uint8Array;
    try {
      const source = { gguf, adapter, architecture, vocabulary, maskId: specialTokens.mask };
      const weights = await writeWeights(source, options.precision ?? "int8", out, options.onProgress ?? (() => undefined), signal);
      graph = buildGraph(architecture, weights, WEIGHTS_FILE);
    } catch (error) {
      await out.abandon();
      throw error;
    }
    await out.finish();
    await writeWhole(join(directory, GRAPH_FILE), graph);

    const files: Record<string, { bytes: number; sha256: string }> = {};
    for (const name of [TOKENIZER_FILE, WEIGHTS_FILE, GRAPH_FILE]) files[name] = await describe(join(directory, name));
    return {
      version: PREPARED_VERSION,
      name: manifest.name,
      licence: manifest.licence,
      source: options.source,
      layers: architecture.layers,
      width: architecture.width,
      heads: architecture.heads,
      kvHeads: architecture.kvHeads,
      headSize: architecture.headSize,
      vocabularySize: architecture.vocabularySize,
      contextLength: architecture.contextLength,
      blockSize: manifest.denoising.blockSize,
      draftSize: manifest.denoising.draftSize,
      specialTokens,
      files,
    };
  } finally {
    await gguf.close();
    await adapterFile?.close();
  }
}

/** The kept base ids, ascending. */
async function readVocabulary(path: string | undefined, baseSize: number): Promise<readonly number[]> {
  if (path === undefined) return Array.from({ length: baseSize }, (_, id) => id);
  const refuse = (detail: string): never => {
    throw damaged(path, detail);
  };
  let list: unknown;
  try {
    list = JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    if (cause instanceof SyntaxError) return refuse("it is not JSON");
    throw cause;
  }
  if (!Array.isArray(list)) return refuse("it is not a list of token ids");
  const ids = list as readonly unknown[];
  ids.forEach((id, index) => {
    if (!Number.isInteger(id) || (id as number) < 0 || (id as number) >= baseSize) refuse(`its entry ${index} is not a token of the base`);
    if (index > 0 && (id as number) <= (ids[index - 1] as number)) refuse(`its entry ${index} is out of order`);
  });
  return ids as readonly number[];
}

/** The special tokens' ids in the pruned vocabulary. */
function renumber(manifest: Manifest, vocabulary: readonly number[], file: string): SpecialTokens {
  const newId = new Map(vocabulary.map((id, index) => [id, index]));
  const find = (name: keyof SpecialTokens): number => {
    const id = newId.get(manifest.specialTokens[name] ?? -1);
    if (id === undefined) throw damaged(file, `the kept vocabulary lacks the ${name} token`);
    return id;
  };
  return {
    prefix: find("prefix"),
    suffix: find("suffix"),
    middle: find("middle"),
    mask: find("mask"),
    end: find("end"),
    ...(manifest.specialTokens.file === undefined ? {} : { file: find("file") }),
  };
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, "wx");
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function describe(path: string): Promise<{ bytes: number; sha256: string }> {
  return { bytes: (await stat(path)).size, sha256: await sha256OfFile(path) };
}
