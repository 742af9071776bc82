/**
 * What the engine costs, on this machine, in one run: npm run bench -- [options]
 *
 *   --model DIRECTORY   a prepared model (absent: UNMASK_MODEL_DIR, else the store's, which is made if need be)
 *   --peer FOLDER       where node-llama-cpp is installed: it is raced, with the base that --base or UNMASK_BASE_GGUF names (absent: the store's)
 *   --threads N         (absent: as the engine chooses)
 *   --rounds N          of the race (5)
 *   --events N          of the typing trace (all)
 *   --only PART,PART    passes, floor, profile, decode, alternatives, lifecycle, activation, keystrokes
 *   --json FILE
 *
 * Nothing else should run meanwhile. Only ratios within one run say something about another machine. Needs a build (`node esbuild.mjs`).
 */
import { writeFileSync } from "node:fs";
import os from "node:os";
import { parseArgs } from "node:util";
import { chooseThreads } from "../../src/engine/chooseThreads";
import { measureActivation } from "./activation";
import { measureAlternatives } from "./alternatives";
import { measureDecode } from "./decode";
import { findModel } from "./findModel";
import { measureKeystrokes } from "./keystrokes";
import { measureLifecycle } from "./lifecycle";
import { LoadedModel } from "./loadedModel";
import { machine } from "./machine";
import { measureMatmulFloor } from "./matmulFloor";
import { measurePasses } from "./passes";
import { Peer } from "./peer";
import { measureProfile } from "./profile";

const PARTS = ["passes", "floor", "profile", "decode", "alternatives", "lifecycle", "activation", "keystrokes"] as const;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      model: { type: "string" },
      base: { type: "string" },
      peer: { type: "string" },
      threads: { type: "string", default: "0" },
      rounds: { type: "string", default: "5" },
      events: { type: "string" },
      only: { type: "string", default: PARTS.join() },
      json: { type: "string" },
    },
  });
  const wanted = values.only.split(",");
  const unknown = wanted.find((part) => !(PARTS as readonly string[]).includes(part));
  if (unknown !== undefined) throw new Error(`There is no part ${unknown}: choose from ${PARTS.join(", ")}.`);
  const threads = chooseThreads(Number(values.threads), os.availableParallelism());
  const { directory, base } = await findModel(values.model, values.base);
  const result: Record<string, unknown> = { machine: { ...machine(), threads } };
  const measure = async (part: (typeof PARTS)[number], work: () => Promise<object>): Promise<void> => {
    if (!wanted.includes(part)) return;
    const figures = await work();
    Object.assign(result, figures);
    console.log(`${part}: ${JSON.stringify(figures, null, 1)}`);
  };

  const withPeer = async <T>(work: (peer: Peer | undefined) => Promise<T>): Promise<T> => {
    const peer = values.peer === undefined ? undefined : await Peer.start(values.peer, base, threads);
    try {
      return await work(peer);
    } finally {
      await peer?.stop();
    }
  };

  const model = await LoadedModel.open(directory, threads);
  try {
    await measure("passes", () => measurePasses(model, 21));
    await measure("decode", () =>
      withPeer(async (peer) => {
        const figures = await measureDecode(model, Number(values.rounds), peer);
        const { tokensPerPass, decodeRatio, oracleRatio, prefillRatio, ...decode } = figures;
        return { tokensPerPass, decodeRatio, oracleRatio, prefillRatio, decode };
      }),
    );
    await measure("alternatives", async () => ({ alternatives: await measureAlternatives(model, 32) }));
  } finally {
    await model.session.dispose();
  }
  await measure("floor", async () => ({ matmulFloorMs: await measureMatmulFloor(directory, threads, 21) }));
  await measure("profile", async () => {
    const profile = (rows: number, cached: number, all: boolean) =>
      measureProfile(directory, model.prepared, threads, { rows, cached, all });
    return {
      profile: { rows8: await profile(8, 0, true), rows8cached512: await profile(8, 512, true), slice128: await profile(128, 384, false) },
    };
  });
  await measure("lifecycle", () => measureLifecycle(directory, threads));
  await measure("activation", async () => {
    const figures = await measureActivation();
    if (figures === undefined) console.log("activation: not measured, since it needs `npm run package` and a VS Code for tests");
    return figures ?? {};
  });
  await measure("keystrokes", async () => {
    const events = values.events === undefined ? undefined : Number(values.events);
    const typed = await measureKeystrokes(directory, threads, "typed", events);
    const patient = await withPeer((peer) => measureKeystrokes(directory, threads, "patient", events, peer));
    return { firstWordsMs: patient.firstWordsMs, lineMs: patient.lineMs, keystrokes: { patient, typed } };
  });
  result["machine"] = { ...(result["machine"] as object), loadAfter: os.loadavg()[0] };
  console.log(`machine: ${JSON.stringify(result["machine"])}`);
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(result, null, 1) + "\n");
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
