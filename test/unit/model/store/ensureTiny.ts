import * as path from "node:path";
import { ensureModel, type ModelOutcome } from "../../../../src/model/store/ensureModel";
import type { EnsureModelOptions, StoreMachine } from "../../../../src/model/store/ensureModelOptions";
import type { ModelFixture } from "./modelFixture";

const FAKE_PREPARE = path.join(__dirname, "fakePrepare.mjs");

/** As the editor would call it, but impatient, and agreeing to everything. */
export function ensureTiny(
  model: ModelFixture,
  hubOrigin: string,
  options: Partial<EnsureModelOptions> = {},
  machine: StoreMachine = {},
): Promise<ModelOutcome> {
  return ensureModel({
    modelFolder: model.modelFolder,
    directory: model.store,
    ask: () => Promise.resolve(true),
    fetch: (url, init) => fetch(url, init),
    prepare: { entry: FAKE_PREPARE },
    ...options,
    machine: {
      surroundings: { env: {}, platform: "linux", home: path.join(model.root, "home") },
      hubOrigin,
      python: [],
      httpTiming: { stallMs: 300, reachMs: 1_000, attempts: 3, backoffMs: 10, mostBackoffMs: 40 },
      lockTiming: { pollMs: 20, heartbeatMs: 200, abandonedMs: 60_000, unreadableMs: 500, mostWaitMs: 15_000 },
      ...machine,
    },
  });
}
