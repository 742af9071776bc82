/**
 * Types for minutes while the engine is killed again and again: npm run soak -- [options]
 *
 *   --minutes N         of typing (20)
 *   --kills N           spread over that time, at random moments, in random ways (0)
 *   --rate N            keystrokes a second (5)
 *   --seed N            of the moments and ways (absent: drawn, and printed)
 *   --model DIRECTORY   a prepared model (absent: UNMASK_MODEL_DIR, else the store's, which is made if need be)
 *   --verbose           prints what the engine and its supervisor log
 *   --json FILE         all that was counted and sampled
 *
 * Ends with a report; the exit code is 1 where a promise never settled, an engine is left over, or something failed that nobody made fail.
 * Needs a build (`node esbuild.mjs`).
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { findModel } from "../bench/findModel";
import { describeSoak, soakFaults } from "./describeSoak";
import { memoryTrend } from "./memoryTrend";
import { soak } from "./soak";

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      minutes: { type: "string", default: "20" },
      kills: { type: "string", default: "0" },
      rate: { type: "string", default: "5" },
      seed: { type: "string" },
      model: { type: "string" },
      verbose: { type: "boolean", default: false },
      json: { type: "string" },
    },
  });
  const [minutes, kills, rate] = [values.minutes, values.kills, values.rate].map(Number) as [number, number, number];
  if (!(minutes > 0) || !(rate > 0) || !Number.isInteger(kills) || kills < 0)
    throw new Error("--minutes and --rate take positive numbers, --kills a whole one from 0.");
  const seed = values.seed === undefined ? Date.now() & 0xffff : Number(values.seed);
  const { directory } = await findModel(values.model, undefined);
  console.log(`${minutes} minutes at ${rate} keystrokes a second, ${kills} kills, seed ${seed}`);
  const result = await soak({
    ...{ modelDirectory: directory, durationMs: minutes * 60_000, keysPerSecond: rate, kills, seed, sampleEveryMs: 10_000 },
    ...(values.verbose && { onLog: (line: string) => console.log(line) }),
  });
  console.log(describeSoak(result));
  const faults = soakFaults(result);
  for (const fault of faults) console.log(`FAULT ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
  if (values.json !== undefined)
    writeFileSync(values.json, `${JSON.stringify({ minutes, rate, seed, ...result, trend: memoryTrend(result.samples) }, null, 1)}\n`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
