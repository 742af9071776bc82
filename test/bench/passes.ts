/**
 * Milliseconds of a forward pass by rows, on an empty cache and behind 512 tokens, and of the prefill: medians.
 *
 *   npx tsx test/bench/passes.ts --model DIRECTORY [--threads 2] [--repeat 15] [--json FILE]
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { PREPARED_FILE, type PreparedModel } from "../../src/model/preparedModel";
import { Session } from "../../src/model/session";

const median = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      model: { type: "string" },
      threads: { type: "string", default: "2" },
      repeat: { type: "string", default: "15" },
      json: { type: "string" },
    },
  });
  if (values.model === undefined) throw new Error("--model is missing");
  const model = JSON.parse(readFileSync(join(values.model, PREPARED_FILE), "utf8")) as PreparedModel;
  const session = await Session.open(values.model, model, { threads: Number(values.threads) });
  let seed = 1;
  const tokens = (count: number) => Array.from({ length: count }, () => (seed = (seed * 48271) % 0x7fffffff) % model.vocabularySize);
  const masks = (count: number) => new Array<number>(count).fill(model.specialTokens.mask);
  const repeat = async (work: () => Promise<unknown>) => {
    const times: number[] = [];
    for (let i = 0; i < Number(values.repeat); i++) times.push(await timed(work));
    return median(times);
  };
  const results: Record<string, number> = {};
  try {
    for (const cached of [0, 512]) {
      session.truncate(0);
      for (let at = 0; at < cached; at += 64) await session.forward(tokens(64), [], []);
      for (const rows of [1, 8, 16, 32]) {
        const wanted = Array.from({ length: rows }, (_, row) => row);
        results[`rows${rows}.cached${cached}`] = await repeat(async () => {
          session.truncate(cached);
          await session.forward(tokens(1), masks(rows - 1), wanted);
        });
      }
    }
    results["prefill512"] = await repeat(async () => {
      session.truncate(0);
      for (let at = 0; at < 512; at += 64) await session.forward(tokens(64), [], []);
    });
    for (const [name, ms] of Object.entries(results)) console.log(`${name.padEnd(18)} ${ms.toFixed(1)} ms`);
    console.log(`prefill            ${(512_000 / results["prefill512"]).toFixed(0)} tokens/s`);
    if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(results, null, 2) + "\n");
  } finally {
    await session.dispose();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
