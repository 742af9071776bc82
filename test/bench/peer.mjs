// llama.cpp behind lines of JSON (see llama.mjs). A line {prefix, suffix, maxTokens} is answered by {promptTokens, prefillMs, tokens, decodeMs}: fill in the
// middle, one token at a time, greedy; with {oneLine: true} by {cachedTokens, newTokens, firstWordsMs, lineMs}.
import { answerLines, ends, model, promptOf, sequence } from "./llama.mjs";

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

async function fill(prompt, maxTokens) {
  await sequence.clearHistory();
  const startMs = performance.now();
  let firstMs = startMs;
  let tokens = 0;
  for await (const token of sequence.evaluate(prompt, { temperature: 0 })) {
    if (tokens === 0) firstMs = performance.now();
    tokens++;
    if (ends.has(token) || tokens >= maxTokens) break;
  }
  return { promptTokens: prompt.length, prefillMs: firstMs - startMs, tokens: tokens - 1, decodeMs: performance.now() - firstMs };
}

await answerLines(({ prefix, suffix, maxTokens, oneLine }) => (oneLine ? fillLine : fill)(promptOf(prefix, suffix), maxTokens));
