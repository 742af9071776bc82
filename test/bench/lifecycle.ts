import { setTimeout as wait } from "node:timers/promises";
import { join } from "node:path";
import type { Infill } from "../../src/backends/infiller";
import { EngineClient } from "../../src/engine/client";
import { decodePrompts } from "./prompts";
import { median, round } from "./statistics";

export interface LifecycleFigures {
  /** the child started, the model loaded, a cold place answered */
  readonly firstAnswerMs: number;
  readonly loadMs: number;
  readonly engineRssMb: number;
  readonly idleCpuPercent: number;
  /** to the first token in a file that was not read yet, with so many tokens of context; and back in one that was, after another */
  readonly newFileMs: number;
  readonly newFileTokens: number;
  readonly backInFileMs: number;
}

/** Some 600 tokens of the trace's files. */
const COLD_CHARS = 2_400;

/** Starts the engine's process some times; medians. */
export async function measureLifecycle(modelDirectory: string, threads: number, starts = 3, idleSeconds = 10): Promise<LifecycleFigures> {
  const firsts: number[] = [];
  const loads: number[] = [];
  let [rssBytes, idlePercent, newFileTokens] = [0, 0, 0];
  const [news, backs]: [number[], number[]] = [[], []];
  // Of two documents.
  const [here, there] = decodePrompts(8, COLD_CHARS)
    .slice(-2)
    .map((prompt) => ({ ...prompt, region: "line" as const }));
  for (let i = 0; i < starts; i++) {
    const startMs = performance.now();
    const client = new EngineClient({ entry: join(__dirname, "../../dist/engine.cjs"), modelDirectory, threads });
    try {
      const { loadMs } = await client.start();
      await client.infill(here!);
      firsts.push(performance.now() - startMs);
      loads.push(loadMs);
      const cold = await client.infill(there!);
      news.push(firstTokenMs(cold));
      newFileTokens = cold.prefillTokens;
      for (const place of [here!, there!]) backs.push(firstTokenMs(await client.infill(place)));
      if (i < starts - 1) continue;
      for (const prompt of decodePrompts(6)) await client.infill(prompt);
      rssBytes = (await client.status()).rssBytes;
      await wait(1_000);
      const before = (await client.status()).cpuMs;
      await wait(idleSeconds * 1_000);
      idlePercent = ((await client.status()).cpuMs - before) / (idleSeconds * 10);
    } finally {
      await client.dispose();
    }
  }
  return {
    firstAnswerMs: round(median(firsts), 0),
    loadMs: round(median(loads), 0),
    engineRssMb: round(rssBytes / 1e6, 0),
    idleCpuPercent: round(idlePercent, 2),
    newFileMs: round(median(news), 0),
    newFileTokens,
    backInFileMs: round(median(backs), 0),
  };
}

function firstTokenMs({ times, passes }: Infill): number {
  return times.prefillMs + times.denoiseMs / passes;
}
