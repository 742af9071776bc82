import { fileURLToPath, pathToFileURL } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import type { InfillRequest } from "../../../src/backends/infiller";
import { EngineClient, type EngineClientOptions } from "../../../src/engine/client";
import type { SilenceLimits } from "../../../src/engine/silenceWatch";

const tsx = pathToFileURL(require.resolve("tsx")).href;
export const NODE_ARGUMENTS = ["--import", tsx];
export const FAKE_ENGINE = require.resolve("./fakeEngine.ts");
/** Starting tsx takes a second where the machine is busy. */
export const STARTING_MS = 20_000;

export function fakeClient(options: Partial<EngineClientOptions> = {}): EngineClient {
  return new EngineClient({ entry: FAKE_ENGINE, nodeArguments: NODE_ARGUMENTS, modelDirectory: "any", ...options });
}

/** Finds an engine that hangs within 400 ms. */
export const QUICK_SILENCE: SilenceLimits = { tickMs: 50, idleTicks: 8, factor: 6, leastTicks: 8, mostTicks: 8 };

export function request(changes: Partial<InfillRequest> = {}): InfillRequest {
  return { prefix: "", suffix: "", region: "line", languageId: "typescript", maxTokens: 3, sampler: "verified", ...changes };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
    throw error;
  }
}

/** Resolves once the process is gone. @throws Error where it is still there after `withinMs` */
export async function gone(pid: number, withinMs: number): Promise<void> {
  const untilMs = Date.now() + withinMs;
  while (isAlive(pid)) {
    if (Date.now() > untilMs) throw new Error(`process ${pid} is still there after ${withinMs} ms`);
    await sleep(20);
  }
}

export const here = (file: string): string => fileURLToPath(new URL(file, pathToFileURL(__filename)));
