import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { EngineError } from "../backends/engineError";
import type { InfillRequest } from "../backends/infiller";
import { DEFAULT_BUDGET } from "../diffusion/contextBudget";
import { readAhead } from "../diffusion/readAhead";
import { denoise, type DenoiseControl } from "../diffusion/denoise";
import { denoiseBranches } from "../diffusion/denoiseBranches";
import type { CanvasTokenizer } from "../diffusion/denoiser";
import { DenoiseMemory } from "../diffusion/denoiseMemory";
import { damaged } from "../model/damaged";
import { fingerprint } from "../model/fingerprint";
import { TOKENIZER_FILE } from "../model/preparedModel";
import { Session } from "../model/session";
import { storeDirectory } from "../model/store/storeDirectory";
import { loadTokenizer } from "../model/tokenizer/loadTokenizer";
import type { TokenizerJson } from "../model/tokenizer/tokenizerJson";
import type { EngineModel, ModelControl } from "./engineModel";
import { ProbedGpu } from "./probedGpu";
import { readPrepared } from "./readPrepared";

/**
 * Opens a prepared model in onnxruntime, behind the denoising loop.
 * @throws EngineError modelMissing, modelDamaged, engineWontStart where no onnxruntime works
 */
export async function loadModel(directory: string, threads: number): Promise<EngineModel> {
  const prepared = await readPrepared(directory);
  const tokenizer = await openTokenizer(join(directory, TOKENIZER_FILE), prepared.vocabularySize);
  const gpu = await ProbedGpu.atStart({
    directory,
    fingerprint: fingerprint(prepared),
    threads,
    storeDirectory: storeDirectory(),
    onLog: (line) => void process.stderr.write(`${line}\n`),
  });
  const session = await Session.open(directory, prepared, { threads, gpu: gpu?.toUse }).catch(async (error: unknown) => {
    await gpu?.end();
    throw error;
  });
  const memory = new DenoiseMemory();
  const withMasks = (request: InfillRequest): InfillRequest => ({
    blockSize: request.sampler === "verified" ? prepared.draftSize : prepared.blockSize,
    ...request,
  });
  const denoiseControl = ({ signal, arrivedAtMs, deadlineAtMs = Infinity, onStep }: ModelControl): DenoiseControl => ({
    shouldStop: () => (signal.aborted ? "aborted" : performance.now() >= deadlineAtMs ? "deadline" : undefined),
    now: () => performance.now(),
    arrivedMs: arrivedAtMs,
    onStep,
    memory,
  });
  const { specialTokens } = prepared;
  return {
    name: prepared.name,
    vocabularySize: prepared.vocabularySize,
    runtime: session.runtime,
    infill: (request, control) => {
      gpu?.asked();
      return denoise(session, tokenizer, specialTokens, withMasks(request), DEFAULT_BUDGET, denoiseControl(control));
    },
    infillBranches: (request, heads, control) => {
      gpu?.asked();
      return denoiseBranches(session, tokenizer, specialTokens, withMasks(request), heads, DEFAULT_BUDGET, denoiseControl(control));
    },
    readAhead: async (request, signal) => {
      gpu?.asked();
      const shouldStop = () => (signal.aborted ? "aborted" : undefined);
      await readAhead(session, tokenizer, specialTokens, request, DEFAULT_BUDGET, { shouldStop, memory });
    },
    cachedTokens: () => session.keptTokens,
    dispose: async () => {
      await session.dispose();
      await gpu?.end();
    },
  };
}

async function openTokenizer(file: string, vocabularySize: number): Promise<CanvasTokenizer> {
  const refuse = (detail: string, cause?: unknown): EngineError => damaged(file, detail, cause);
  let tokenizer: CanvasTokenizer;
  try {
    tokenizer = loadTokenizer(JSON.parse(await readFile(file, "utf8")) as TokenizerJson);
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error), error);
  }
  if (tokenizer.vocabularySize !== vocabularySize) throw refuse(`${tokenizer.vocabularySize} tokens, the model has ${vocabularySize}`);
  return tokenizer;
}
