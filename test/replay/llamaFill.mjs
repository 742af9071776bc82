// llama.cpp behind lines of JSON: node llamaFill.mjs FOLDER BASE.gguf THREADS. FOLDER has node_modules/node-llama-cpp (npm i node-llama-cpp@3.22.1).
// A line {prefix, suffix, region, maxTokens} is answered by {text, tokens: [{text, confidence}], ended, totalMs}: greedy, one token at a time, with what is
// cached of the prompt before. The prompt holds as much of the file as Unmask's (src/diffusion/contextBudget.ts).
import { createRequire } from "node:module";
import path from "node:path";
import readline from "node:readline";
import { pathToFileURL } from "node:url";

const [folder, base, threads] = process.argv.slice(2);
const resolve = createRequire(path.join(path.resolve(folder), "x.js")).resolve;
const { getLlama } = await import(pathToFileURL(resolve("node-llama-cpp")).href);
const llama = await getLlama({ gpu: false, build: "never", maxThreads: Number(threads) });
const model = await llama.loadModel({ modelPath: base });
const context = await model.createContext({ contextSize: 2048, threads: Number(threads), batchSize: 512 });
const sequence = context.getSequence();
const special = (text) => model.tokenize(text, true)[0];
const [PREFIX, SUFFIX, MIDDLE] = ["<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>"].map(special);
const ends = new Set(["<|endoftext|>", "<|fim_pad|>", "<|im_end|>", "<|file_sep|>", "<|repo_name|>", "<|fim_prefix|>"].map(special));
const [PREFIX_TOKENS, PREFIX_STEP, SUFFIX_TOKENS] = [640, 256, 64];

async function fill({ prefix, suffix, region, maxTokens }) {
  const startMs = performance.now();
  const before = model.tokenize(prefix, false);
  const drop = before.length > PREFIX_TOKENS ? Math.ceil((before.length - PREFIX_TOKENS) / PREFIX_STEP) * PREFIX_STEP : 0;
  const prompt = [PREFIX, ...before.slice(drop), SUFFIX, ...model.tokenize(suffix, false).slice(0, SUFFIX_TOKENS), MIDDLE];
  await sequence.adaptStateToTokens(prompt.slice(0, -1));
  const written = [];
  const tokens = [];
  let [text, ended] = ["", "length"];
  for await (const { token, confidence } of sequence.evaluateWithMetadata(
    prompt.slice(sequence.nextTokenIndex),
    { confidence: true },
    { temperature: 0 },
  )) {
    if (ends.has(token)) {
      ended = "end";
      break;
    }
    written.push(token);
    const all = model.detokenize(written);
    // half a character is shown once its other half is there
    const whole = all.endsWith("\uFFFD") ? text : all;
    const lineEnd = region === "line" ? whole.indexOf("\n") : -1;
    tokens.push({ text: (lineEnd < 0 ? whole : whole.slice(0, lineEnd)).slice(text.length), confidence: confidence ?? 1 });
    text = lineEnd < 0 ? whole : whole.slice(0, lineEnd);
    if (lineEnd >= 0) ended = "line";
    if (lineEnd >= 0 || written.length >= maxTokens) break;
  }
  return { text, tokens, ended, totalMs: performance.now() - startMs };
}

console.log(JSON.stringify({ ready: true }));
for await (const line of readline.createInterface({ input: process.stdin })) console.log(JSON.stringify(await fill(JSON.parse(line))));
process.exit(0);
