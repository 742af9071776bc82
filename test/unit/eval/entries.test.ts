import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { PREPARED_VERSION, WEIGHTS_FILE, type PreparedModel } from "../../../src/model/preparedModel";
import { engineBuild, type EngineBuild } from "../../eval/engineBuild";
import { engineEntry } from "../../eval/entries";
import { EvalError, type EvalFailure } from "../../eval/evalError";
import type { SetSettings } from "../../eval/evalFile";
import { EvalKeeper } from "../../eval/evalKeeper";

const SET: SetSettings = { data: "a.jsonl", dataSha256: "ab", problems: 1, maxTokens: 96, withProject: false };
const PREPARED: PreparedModel = {
  ...{ version: PREPARED_VERSION, name: "tiny", licence: "MIT", source: "a" },
  ...{ layers: 1, width: 1, heads: 1, kvHeads: 1, headSize: 1, vocabularySize: 1, contextLength: 1, blockSize: 8, draftSize: 2 },
  specialTokens: { prefix: 1, suffix: 2, middle: 3, end: 4, mask: 5 },
  files: { [WEIGHTS_FILE]: { bytes: 1, sha256: "cd" } },
};
const CHOICE = { maxTokens: 96, threads: 0, block: undefined, path: false, prefixChars: undefined, project: undefined };

describe("a model that enters the evaluation", () => {
  let folder: string;
  let engine: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "unmask-entries-"));
    engine = path.join(folder, "engine.cjs");
    fs.writeFileSync(engine, "one");
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  const entryOf = (build: EngineBuild) =>
    engineEntry({ label: "a", directory: folder, prepared: PREPARED }, "verified", { ...CHOICE, build });
  const failsAs = (kind: EvalFailure["kind"]) => (error: unknown) => error instanceof EvalError && error.failure.kind === kind;

  it("inherits no answers of another build of the engine, and says so", async () => {
    const file = path.join(folder, "eval.json");
    const keeper = await EvalKeeper.open(file, SET);
    const before = entryOf(await engineBuild(engine));
    keeper.enter(before, ["1"]);
    keeper.enter(entryOf(await engineBuild(engine)), ["1"]);
    fs.writeFileSync(engine, "another");
    const now = await engineBuild(engine);
    assert.throws(() => keeper.enter(entryOf(now), ["1"]), new RegExp(`a, verified: engineSha256: [0-9a-f]{64}, now ${now.sha256}`));
  });

  it("is not started where the engine was built anew since it entered", async () => {
    const entry = entryOf(await engineBuild(engine));
    fs.writeFileSync(engine, "another");
    await assert.rejects(entry.start(), failsAs("rebuilt"));
  });

  it("needs a build", async () => {
    await assert.rejects(engineBuild(path.join(folder, "none.cjs")), failsAs("noBuild"));
  });
});
