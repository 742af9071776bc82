import { setTimeout as wait } from "node:timers/promises";
import { join } from "node:path";
import { EngineClient } from "../../src/engine/client";
import { decodePrompts } from "./prompts";
import { median, round } from "./statistics";

export interface LifecycleFigures {
  /** the child started, the model loaded, a cold place answered */
  readonly firstAnswerMs: number;
  readonly loadMs: number;
  readonly engineRssMb: number;
  readonly idleCpuPercent: number;
}

/** Starts the engine's process some times; medians. */
export async function measureLifecycle(modelDirectory: string, threads: number, starts = 3, idleSeconds = 10): Promise<LifecycleFigures> {
  const firsts: number[] = [];
  const loads: number[] = [];
  let [rssBytes, idlePercent] = [0, 0];
  for (let i = 0; i < starts; i++) {
    const startMs = performance.now();
    const client = new EngineClient({ entry: join(__dirname, "../../dist/engine.cjs"), modelDirectory, threads });
    try {
      const { loadMs } = await client.start();
      await client.infill({ ...decodePrompts(1)[0]!, region: "line" });
      firsts.push(performance.now() - startMs);
      loads.push(loadMs);
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
  };
}
