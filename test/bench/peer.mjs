// llama.cpp behind lines of JSON: node peer.mjs FOLDER BASE.gguf THREADS. FOLDER has node_modules/node-llama-cpp (npm i node-llama-cpp@3.22.1).
// A line {prefix, suffix, maxTokens} is answered by {promptTokens, prefillMs, tokens, decodeMs}: fill in the middle, one token at a time, greedy; with
// {oneLine: true} by {cachedTokens, newTokens, firstWordsMs, lineMs}.
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
console.log(JSON.stringify({ ready: true }));

/** A keystroke: what is cached and still right is kept, and the answer ends with its line. */
async function fillLine(prompt, maxTokens) {
  const startMs = performance.now();
  await sequence.adaptStateToTokens(prompt.slice(0, -1));
  const cachedTokens = sequence.nextTokenIndex;
  const written = [];
  let firstWordsMs;
  for await (const token of sequence.evaluate(prompt.slice(cachedTokens), { temperature: 0 })) {
    if (ends.has(token)) break;
    written.push(token);
    const text = model.detokenize(written);
    if (text.trim() !== "") firstWordsMs ??= performance.now() - startMs;
    if (text.includes("\n") || written.length >= maxTokens) break;
  }
  return { cachedTokens, newTokens: prompt.length - cachedTokens, firstWordsMs, lineMs: performance.now() - startMs };
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { prefix, suffix, maxTokens, oneLine } = JSON.parse(line);
  const before = model.tokenize(prefix, false);
  // its front goes in the same steps as ours, so that the cache can be kept
  const drop = before.length > 640 ? Math.ceil((before.length - 640) / 256) * 256 : 0;
  const prompt = [PREFIX, ...before.slice(drop), SUFFIX, ...model.tokenize(suffix, false).slice(0, 64), MIDDLE];
  if (oneLine) {
    console.log(JSON.stringify(await fillLine(prompt, maxTokens)));
    continue;
  }
  await sequence.clearHistory();
  const startMs = performance.now();
  let firstMs = startMs;
  let tokens = 0;
  for await (const token of sequence.evaluate(prompt, { temperature: 0 })) {
    if (tokens === 0) firstMs = performance.now();
    tokens++;
    if (ends.has(token) || tokens >= maxTokens) break;
  }
  console.log(
    JSON.stringify({
      promptTokens: prompt.length,
      prefillMs: firstMs - startMs,
      tokens: tokens - 1,
      decodeMs: performance.now() - firstMs,
    }),
  );
}
process.exit(0);
