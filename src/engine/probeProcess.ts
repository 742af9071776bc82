/**
 * Entry of the process that tries one GPU provider (dist/probe.cjs): a driver may crash or hang it. It ends by itself, with the engine, or when its
 * time is over, even where a driver never returns.
 */
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { Worker } from "node:worker_threads";
import { firstLineOf } from "../model/runtime/firstLineOf";
import { judgeProvider } from "../model/runtime/provider/judgeProvider";
import { measurePasses } from "../model/runtime/provider/measurePasses";
import type { ProviderToUse } from "../model/runtime/provider/openOnProvider";
import { Session } from "../model/session";
import type { ProbeReport, ProbeRequest } from "./probeMessages";
import { readPrepared } from "./readPrepared";

/** The engine's own limit is shorter: this one is for a probe that has no engine any more, and whose parent's number was given out again. */
const LIMIT_MS = 120_000;

/** In a thread of its own, since passes and drivers block this one. Windows keeps the number of a parent that is gone. */
const WATCH = `
const { workerData: { parent, limitMs } } = require("node:worker_threads");
const end = () => process.kill(process.pid, "SIGKILL");
setTimeout(end, limitMs);
setInterval(() => {
  if (process.ppid !== parent) end();
  try { process.kill(parent, 0); } catch (error) { if (error.code === "ESRCH") end(); }
}, 500);
`;

async function probe({ directory, provider, threads }: ProbeRequest): Promise<ProbeReport> {
  const prepared = await readPrepared(directory);
  const onFailure = (cause: unknown): Promise<never> => Promise.reject(new Error(firstLineOf(cause)));
  const open = (gpu?: ProviderToUse) => Session.open(directory, prepared, { threads, runtime: "node", gpu });
  // First, since most fail here.
  const onGpu = await open({ provider, onFailure });
  const onCpu = await open();
  const [cpu, gpu] = await measurePasses([onCpu, onGpu], prepared.vocabularySize, prepared.specialTokens.mask);
  const refusal = judgeProvider(cpu!, gpu!);
  return { ...(refusal !== undefined && { refusal }), rows8Ms: { cpu: cpu!.rows8Ms, provider: gpu!.rows8Ms } };
}

async function main(): Promise<void> {
  new Worker(WATCH, { eval: true, workerData: { parent: process.ppid, limitMs: LIMIT_MS } });
  // Where memory is short, this is what the kernel shall take, not the editor. Only Linux has the file.
  await writeFile("/proc/self/oom_score_adj", "1000").catch(() => undefined);
  const [request] = (await once(process, "message")) as [ProbeRequest];
  const report = await probe(request).catch((error: unknown): ProbeReport => ({ refusal: firstLineOf(error) }));
  process.send!(report);
  // The engine ends it when it has the report: an orderly end runs the driver's own, where some crash.
}

void main();
