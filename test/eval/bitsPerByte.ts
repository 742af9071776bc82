/**
 * Bits per byte of code under prepared models: what quantising costs, and what an adapter costs on plain code.
 *
 *   npx tsx test/eval/bitsPerByte.ts --data FILE.jsonl[.gz] [--limit 100] [--chars 2400] [--prepare MANIFEST.json --base BASE.gguf [--precision float32] [--no-adapter]] [DIRECTORY …]
 *
 * Each text (prefix, target and suffix joined, then cut) runs behind the prefix token, as in a canvas. Smaller is better. Models are compared in pairs:
 * the last column is the mean of the texts' ratios to the first model, with its standard error.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readPrepared } from "../../src/engine/readPrepared";
import { TOKENIZER_FILE } from "../../src/model/preparedModel";
import { Session } from "../../src/model/session";
import { loadTokenizer } from "../../src/model/tokenizer/loadTokenizer";
import type { TokenizerJson } from "../../src/model/tokenizer/tokenizerJson";
import { asCommand } from "./asCommand";
import { parseBitsOptions } from "./parseBitsOptions";
import { readProblems } from "./readProblems";
import { withPreparedModel } from "./withPreparedModel";

const SLICE = 64;

/** Bits of the whole text. */
async function bitsOf(session: Session, tokens: readonly number[]): Promise<number> {
  session.truncate(0);
  let bits = 0;
  for (let at = 0; at + 1 < tokens.length; at += SLICE) {
    const clean = tokens.slice(at, Math.min(at + SLICE, tokens.length - 1));
    const rows = await session.forward(clean, [], [...clean.keys()]);
    rows.forEach((row, index) => (bits += surprisal(row, tokens[at + index + 1]!)));
  }
  return bits;
}

function surprisal(logits: Float32Array, token: number): number {
  const largest = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - largest), 0);
  return (Math.log(sum) + largest - logits[token]!) / Math.LN2;
}

async function measure(
  directory: string,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<{ readonly bits: readonly number[]; readonly bytes: readonly number[] }> {
  const model = await readPrepared(directory);
  const tokenizer = loadTokenizer(JSON.parse(await readFile(join(directory, TOKENIZER_FILE), "utf8")) as TokenizerJson);
  const session = await Session.open(directory, model, { threads: 0 });
  const bits: number[] = [];
  try {
    for (const text of texts) {
      signal.throwIfAborted();
      bits.push(await bitsOf(session, [model.specialTokens.prefix, ...tokenizer.encode(text)]));
    }
  } finally {
    await session.dispose();
  }
  return { bits, bytes: texts.map((text) => Buffer.byteLength(text)) };
}

/** Prints a line a model. */
async function compare(
  models: readonly { readonly name: string; readonly directory: string }[],
  texts: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
  const first: number[] = [];
  for (const { name, directory } of models) {
    const { bits, bytes } = await measure(directory, texts, signal);
    if (first.length === 0) first.push(...bits);
    const ratios = bits.map((b, i) => b / first[i]!);
    const mean = sum(ratios) / ratios.length;
    const error = Math.sqrt(sum(ratios.map((r) => (r - mean) ** 2)) / ratios.length / Math.max(1, ratios.length - 1));
    console.log(
      `${(sum(bits) / sum(bytes)).toFixed(4)} bits per byte, ${((sum(bits) / sum(first) - 1) * 100).toFixed(2)} % (by text ${((mean - 1) * 100).toFixed(2)} ± ${(error * 100).toFixed(2)} %): ${name}`,
    );
  }
}

asCommand(async (signal) => {
  const { data, limit, chars, toPrepare, directories } = parseBitsOptions(process.argv.slice(2));
  const texts = readProblems(data, limit).map((p) => (p.prefix + p.target + p.suffix).slice(0, chars));
  const models = directories.map((directory) => ({ name: directory, directory }));
  if (toPrepare === undefined) return compare(models, texts, signal);
  const name = `${toPrepare.precision} of ${toPrepare.manifest}${toPrepare.withAdapter ? "" : " without adapter"}`;
  await withPreparedModel(toPrepare, signal, (directory) => compare([{ name, directory }, ...models], texts, signal));
});
