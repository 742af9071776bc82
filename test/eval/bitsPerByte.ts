/**
 * Bits per byte of code under prepared models: what quantising costs, and what an adapter costs on plain code.
 *
 *   npx tsx test/eval/bitsPerByte.ts --data FILE.jsonl[.gz] [--limit 100] [--chars 2400] [--prepare MANIFEST.json --base BASE.gguf [--precision float32] [--no-adapter]] [DIRECTORY …]
 *
 * Each text (prefix, target and suffix joined, then cut) runs behind the prefix token, as in a canvas. Smaller is better. Models are compared in pairs:
 * the last column is the mean of the texts' ratios to the first model, with its standard error.
 */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { parseManifest } from "../../src/model/parseManifest";
import { prepareModel } from "../../src/model/prepare";
import { PREPARED_FILE, TOKENIZER_FILE, type PreparedModel } from "../../src/model/preparedModel";
import { Session } from "../../src/model/session";
import { loadTokenizer } from "../../src/model/tokenizer/loadTokenizer";
import type { TokenizerJson } from "../../src/model/tokenizer/tokenizerJson";
import { readProblems } from "./readProblems";

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

async function measure(directory: string, texts: readonly string[]): Promise<{ bits: number[]; bytes: number[] }> {
  const model = JSON.parse(await readFile(join(directory, PREPARED_FILE), "utf8")) as PreparedModel;
  const tokenizer = loadTokenizer(JSON.parse(await readFile(join(directory, TOKENIZER_FILE), "utf8")) as TokenizerJson);
  const session = await Session.open(directory, model, { threads: 0 });
  const bits: number[] = [];
  try {
    for (const text of texts) bits.push(await bitsOf(session, [model.specialTokens.prefix, ...tokenizer.encode(text)]));
  } finally {
    await session.dispose();
  }
  return { bits, bytes: texts.map((text) => Buffer.byteLength(text)) };
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: "string" },
      limit: { type: "string", default: "100" },
      chars: { type: "string", default: "2400" },
      prepare: { type: "string" },
      base: { type: "string" },
      precision: { type: "string", default: "float32" },
      "no-adapter": { type: "boolean", default: false },
    },
  });
  if (values.data === undefined) throw new Error("--data FILE is missing");
  const texts = readProblems(values.data, Number(values.limit)).map((p) => (p.prefix + p.target + p.suffix).slice(0, Number(values.chars)));
  const directories = [...positionals];
  let temporary: string | undefined;
  try {
    if (values.prepare !== undefined && values.base !== undefined) {
      temporary = await mkdtemp(join(tmpdir(), "unmask-bits-"));
      const folder = dirname(values.prepare);
      const manifest = parseManifest(JSON.parse(await readFile(values.prepare, "utf8")), values.prepare);
      const model = await prepareModel({
        manifest,
        basePath: values.base,
        ...(manifest.adapter && !values["no-adapter"] && { adapterPath: join(folder, manifest.adapter.file) }),
        ...(manifest.vocabulary && { vocabularyPath: join(folder, manifest.vocabulary.file) }),
        directory: temporary,
        source: "bits per byte",
        precision: values.precision === "int8" ? "int8" : "float32",
      });
      await writeFile(join(temporary, PREPARED_FILE), JSON.stringify(model));
      directories.unshift(temporary);
    }
    const first: number[] = [];
    for (const directory of directories) {
      const { bits, bytes } = await measure(directory, texts);
      const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
      if (first.length === 0) first.push(...bits);
      const ratios = bits.map((b, i) => b / first[i]!);
      const mean = sum(ratios) / ratios.length;
      const error = Math.sqrt(sum(ratios.map((r) => (r - mean) ** 2)) / ratios.length / Math.max(1, ratios.length - 1));
      const name =
        directory === temporary ? `${values.precision} of ${values.prepare}${values["no-adapter"] ? " without adapter" : ""}` : directory;
      console.log(
        `${(sum(bits) / sum(bytes)).toFixed(4)} bits per byte, ${((sum(bits) / sum(first) - 1) * 100).toFixed(2)} % (by text ${((mean - 1) * 100).toFixed(2)} ± ${(error * 100).toFixed(2)} %): ${name}`,
      );
    }
  } finally {
    if (temporary !== undefined) await rm(temporary, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
