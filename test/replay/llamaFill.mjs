// llama.cpp behind lines of JSON (see ../bench/llama.mjs). A line {prefix, suffix, region, maxTokens} is answered by
// {text, tokens: [{text, confidence}], ended, totalMs, prompt, ids}: greedy, one token at a time, with what is cached of the prompt before.
import { answerLines, ends, model, promptOf, sequence } from "../bench/llama.mjs";

async function fill({ prefix, suffix, region, maxTokens }) {
  const startMs = performance.now();
  const prompt = promptOf(prefix, suffix);
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
  return { text, tokens, ended, totalMs: performance.now() - startMs, prompt, ids: written };
}

await answerLines(fill);
