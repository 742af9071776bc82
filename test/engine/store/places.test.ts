import assert from "node:assert/strict";
import { copyFile, cp, mkdir, readdir, rename, writeFile } from "node:fs/promises";
import * as path from "node:path";
import type { PreparedModel } from "../../../src/model/preparedModel";
import { Session } from "../../../src/model/session";
import { ensureModel } from "../../../src/model/store/ensureModel";
import { StoreError } from "../../../src/model/store/storeError";
import { FIXTURES, prepareTiny, TINY } from "../model/tinyModels";
import { TrialGround } from "./trialGround";
import { trialOptions, type Trial } from "./trialOptions";

const BASE = path.join(FIXTURES, "tiny-qwen2.gguf");

describe("a model whose base is on this machine already", function () {
  this.timeout(60_000);
  let ground: TrialGround;
  let trial: Trial;
  before(async () => (ground = await TrialGround.open()));
  after(() => ground.close());
  beforeEach(async () => (trial = await ground.trial()));

  const put = async (file: string) => {
    await mkdir(path.dirname(file), { recursive: true });
    await copyFile(BASE, file);
  };

  async function isReadyWithoutFetching(env: Record<string, string> = {}): Promise<void> {
    const options = trialOptions(trial);
    const requests = ground.hub.seen.length;
    const outcome = await ensureModel({
      ...options,
      ask: () => Promise.reject(new Error("asked")),
      machine: { ...options.machine, surroundings: { env, platform: "linux", home: trial.home } },
    });
    assert.ok(outcome.kind === "ready");
    assert.equal(ground.hub.seen.length, requests);
    await ground.assertFinalNamesWhole(trial);
    assert.deepEqual(await readdir(trial.store), ["prepared"]);
  }

  const sha256 = () => ground.manifest.base.sha256;
  for (const [where, files, settings] of [
    ["the hub's cache", () => `.cache/huggingface/hub/models--a--b/blobs/${sha256()}`, undefined],
    ["the hub's cache without links", () => `.cache/huggingface/hub/models--a--b/snapshots/${"0".repeat(40)}/tiny.gguf`, undefined],
    ["Ollama's models", () => `.ollama/models/blobs/sha256-${sha256()}`, undefined],
    ["LM Studio's models, as the hub calls it", () => ".lmstudio/models/a/b/tiny.gguf", undefined],
    ["LM Studio's models, imported", () => ".lmstudio/models/me/imported/Any Name.gguf", undefined],
    ["an earlier LM Studio's models", () => ".cache/lm-studio/models/a/b/tiny.gguf", undefined],
    ["LM Studio's chosen folder", () => "elsewhere/a/b/tiny.gguf", "elsewhere"],
  ] as const)
    it(`is prepared from ${where}, and nothing is asked or fetched`, async () => {
      await put(path.join(trial.home, files()));
      if (settings !== undefined) {
        const folder = path.join(trial.home, ".lmstudio");
        await mkdir(folder);
        await writeFile(path.join(folder, "settings.json"), JSON.stringify({ downloadsFolder: path.join(trial.home, settings) }));
      }
      await isReadyWithoutFetching();
    });

  it("is prepared from where OLLAMA_MODELS says", async () => {
    await put(path.join(trial.home, `big/blobs/sha256-${sha256()}`));
    await isReadyWithoutFetching({ OLLAMA_MODELS: path.join(trial.home, "big") });
  });

  describe("beside its manifest, with no source to fetch it from", () => {
    let modelFolder: string;
    beforeEach(async () => {
      const base = { ...ground.manifest.base, hub: undefined, beside: true };
      modelFolder = path.join(trial.home, "complete");
      await cp(trial.modelFolder, modelFolder, { recursive: true });
      await writeFile(path.join(modelFolder, "manifest.json"), JSON.stringify({ ...ground.manifest, base }));
    });
    const ensure = () => ensureModel({ ...trialOptions(trial), modelFolder, ask: () => Promise.reject(new Error("asked")) });

    it("is prepared from there", async () => {
      await put(path.join(modelFolder, ground.manifest.base.file));
      assert.equal((await ensure()).kind, "ready");
    });

    for (const [what, content] of [
      ["missing", undefined],
      ["another file", "x"],
    ] as const)
      it(`and ${what}, is said to be, and nothing is asked`, async () => {
        const file = path.join(modelFolder, ground.manifest.base.file);
        if (content !== undefined) await writeFile(file, content);
        await assert.rejects(
          ensure(),
          (error) => error instanceof StoreError && error.failure.kind === "shippedFileDamaged" && error.failure.file === file,
        );
      });
  });

  it("is fetched where what another program has is not the base", async () => {
    const file = path.join(trial.home, `.ollama/models/blobs/sha256-${sha256()}`);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, Buffer.alloc(ground.manifest.base.bytes));
    const gets = ground.hub.gets.length;
    assert.equal((await ensureModel(trialOptions(trial))).kind, "ready");
    assert.equal(ground.hub.gets.length, gets + 1);
  });
});

describe("an engine whose prepared folder is removed as an old one", function () {
  this.timeout(60_000);
  let ground: TrialGround;
  before(async () => (ground = await TrialGround.open()));
  after(() => ground.close());

  it("gives the same logits as before", async function () {
    // Windows refuses to rename the folder then, and it stays.
    if (process.platform === "win32") return this.skip();
    const trial = await ground.trial();
    const { directory, model } = await prepareTiny("tiny-qwen2");
    const name = `${model.name}-v1-${"ab".repeat(8)}`;
    const old = path.join(trial.store, "prepared", name);
    await mkdir(path.dirname(old), { recursive: true });
    await rename(directory, old);
    await ground.rememberAsOld(old, { ...model, source: "ab".repeat(32) } satisfies PreparedModel);
    const session = await Session.open(old, model, { threads: 1 });
    try {
      const tokens = [TINY.prefix, 71, 262, TINY.suffix, 12, TINY.middle];
      const logits = async () => {
        session.truncate(0);
        return (await session.forward(tokens, [TINY.mask, TINY.mask], [6, 7])).map((row) => Array.from(row));
      };
      const before = await logits();
      assert.equal((await ensureModel(trialOptions(trial))).kind, "ready");
      assert.ok(!(await readdir(path.dirname(old))).includes(name));
      assert.deepEqual(await logits(), before);
    } finally {
      await session.dispose();
    }
  });
});
