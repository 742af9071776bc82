// node-llama-cpp with a base, for programs that are started as: node PROGRAM.mjs FOLDER BASE.gguf THREADS. FOLDER has node_modules/node-llama-cpp
// (npm i node-llama-cpp@3.22.1).
import { createRequire } from "node:module";
import path from "node:path";
import readline from "node:readline";
import { pathToFileURL } from "node:url";

const [folder, base, threads] = process.argv.slice(2);
const resolve = createRequire(path.join(path.resolve(folder), "x.js")).resolve;
const { getLlama } = await import(pathToFileURL(resolve("node-llama-cpp")).href);
const llama = await getLlama({ gpu: false, build: "never", maxThreads: Number(threads) });
export const model = await llama.loadModel({ modelPath: base });
const context = await model.createContext({ contextSize: 2048, threads: Number(threads), batchSize: 512 });
export const sequence = context.getSequence();
const special = (text) => model.tokenize(text, true)[0];
const [PREFIX, SUFFIX, MIDDLE] = ["<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>"].map(special);
export const ends = new Set(["<|endoftext|>", "<|fim_pad|>", "<|im_end|>", "<|file_sep|>", "<|repo_name|>", "<|fim_prefix|>"].map(special));

/** As much of the file as Unmask's own prompt holds (src/diffusion/contextBudget.ts); its front goes in the same steps, so that the cache can be kept. */
const [PREFIX_TOKENS, PREFIX_STEP, SUFFIX_TOKENS] = [640, 256, 64];

/** Fill in the middle, in the base's own format. */
export function promptOf(prefix, suffix) {
  const before = model.tokenize(prefix, false);
  const drop = before.length > PREFIX_TOKENS ? Math.ceil((before.length - PREFIX_TOKENS) / PREFIX_STEP) * PREFIX_STEP : 0;
  return [PREFIX, ...before.slice(drop), SUFFIX, ...model.tokenize(suffix, false).slice(0, SUFFIX_TOKENS), MIDDLE];
}

/** Says that it is ready, and answers each line of JSON with one. Ends with its input. */
export async function answerLines(answer) {
  console.log(JSON.stringify({ ready: true }));
  for await (const line of readline.createInterface({ input: process.stdin })) console.log(JSON.stringify(await answer(JSON.parse(line))));
  process.exit(0);
}
