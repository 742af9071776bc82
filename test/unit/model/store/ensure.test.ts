import assert from "node:assert/strict";
import { copyFile, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { EngineError } from "../../../../src/backends/engineError";
import { PREPARED_VERSION } from "../../../../src/model/preparedModel";
import type { ConsentRequest } from "../../../../src/model/store/baseSource";
import { ensureModel } from "../../../../src/model/store/ensureModel";
import { StoreError, type StoreFailure } from "../../../../src/model/store/storeError";
import type { StoreStage } from "../../../../src/model/store/storeProgress";
import { ensureTiny } from "./ensureTiny";
import { FileServer } from "./fileServer";
import { dropModel, makeModel, sha256, storeListing, type ModelFixture } from "./modelFixture";

describe("the model store", () => {
  let model: ModelFixture;
  let hub: FileServer;
  beforeEach(async () => {
    model = await makeModel();
    hub = await FileServer.start(model.base);
  });
  afterEach(async () => {
    await hub.stop();
    await dropModel(model);
  });

  async function failure(promise: Promise<unknown>): Promise<StoreFailure> {
    const error: unknown = await promise.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof StoreError, `threw ${String(error)}`);
    return error.failure;
  }

  /** Another model in the same place of the test. */
  async function use(title: string): Promise<void> {
    await dropModel(model);
    await hub.stop();
    model = await makeModel(title);
    hub = await FileServer.start(model.base);
  }

  it("says what, how big, which licence and from where before it fetches", async () => {
    const asked: ConsentRequest[] = [];
    const ask = (request: ConsentRequest) => {
      assert.equal(hub.seen.filter(({ method }) => method === "GET").length, 0);
      asked.push(request);
      return Promise.resolve(true);
    };
    await ensureTiny(model, hub.origin, { ask });
    const from = `${hub.origin}/someone/tiny/resolve/0123456789abcdef0123456789abcdef01234567/base.gguf`;
    assert.deepEqual(asked, [{ title: "good", bytes: 300_000, licence: "Apache-2.0", from }]);
  });

  it("fetches nothing and keeps nothing where the answer is no", async () => {
    const outcome = await ensureTiny(model, hub.origin, { ask: () => Promise.resolve(false) });
    assert.deepEqual(outcome, { kind: "refused" });
    assert.deepEqual(
      hub.seen.map(({ method }) => method),
      ["HEAD"],
    );
    assert.deepEqual(await storeListing(model), []);
  });

  it("leaves a prepared folder with prepared.json and the base, nothing else", async () => {
    const outcome = await ensureTiny(model, hub.origin);
    assert.ok(outcome.kind === "ready");
    const prepared = JSON.parse(await readFile(path.join(outcome.directory, "prepared.json"), "utf8")) as { source: string };
    assert.match(prepared.source, /^[0-9a-f]{64}$/);
    const folder = path.relative(model.store, outcome.directory);
    const base = `base/${model.manifest.base.sha256.slice(0, 12)}-base.gguf`;
    assert.deepEqual(await storeListing(model), [
      "base/",
      base,
      "prepared/",
      `${folder}/`,
      `${folder}/model.onnx`,
      `${folder}/prepared.json`,
    ]);
  });

  it("answers the second time at once: no question, no request, nothing hashed", async () => {
    const first = await ensureTiny(model, hub.origin);
    const requests = hub.seen.length;
    const ask = () => Promise.reject(new Error("asked"));
    const stages: StoreStage[] = [];
    await rm(path.join(model.modelFolder, "adapter.safetensors"));
    assert.deepEqual(await ensureTiny(model, hub.origin, { ask, onProgress: ({ stage }) => stages.push(stage) }), first);
    assert.deepEqual([hub.seen.length, stages], [requests, []]);
  });

  it("prepares anew, from the base it kept, where a prepared file has lost bytes or prepared.json is broken", async () => {
    const outcome = await ensureTiny(model, hub.origin);
    assert.ok(outcome.kind === "ready");
    const requests = hub.seen.length;
    for (const [name, content] of [
      ["model.onnx", "short"],
      ["prepared.json", "{"],
      ["prepared.json", "null"],
      [
        "prepared.json",
        JSON.stringify({
          version: PREPARED_VERSION,
          source: "0".repeat(64),
          files: { "model.onnx": { bytes: (await stat(path.join(outcome.directory, "model.onnx"))).size } },
        }),
      ],
      ["prepared.json", JSON.stringify({ version: 0 })],
    ] as const) {
      const file = path.join(outcome.directory, name);
      const good = await readFile(file, "utf8");
      await writeFile(file, content);
      assert.deepEqual(await ensureTiny(model, hub.origin), outcome);
      assert.equal(await readFile(file, "utf8"), good);
    }
    assert.equal(hub.seen.length, requests);
  });

  it("prepares into another folder when the manifest changes", async () => {
    const before = await ensureTiny(model, hub.origin);
    const changed = { ...model.manifest, denoising: { ...model.manifest.denoising, blockSize: 16 } };
    await writeFile(path.join(model.modelFolder, "manifest.json"), JSON.stringify(changed));
    assert.notDeepEqual(await ensureTiny(model, hub.origin), before);
  });

  it("uses a base that the user names where it lies, without a question or a request", async () => {
    const named = path.join(model.root, "mine.gguf");
    await writeFile(named, model.base);
    const outcome = await ensureTiny(model, hub.origin, { basePath: named, ask: () => Promise.reject(new Error("asked")) });
    assert.ok(outcome.kind === "ready");
    assert.match(await readFile(path.join(outcome.directory, "model.onnx"), "utf8"), /mine\.gguf .*adapter\.safetensors$/);
    assert.equal(hub.seen.length, 0);
  });

  it("refuses a named base that is another file, and leaves it alone", async () => {
    const named = path.join(model.root, "mine.gguf");
    await writeFile(named, Buffer.alloc(300_000));
    const hash = await failure(ensureTiny(model, hub.origin, { basePath: named }));
    assert.ok(hash.kind === "wrongHash" && hash.origin === "named" && hash.file === named);
    await writeFile(named, "short");
    const size = await failure(ensureTiny(model, hub.origin, { basePath: named }));
    assert.ok(size.kind === "wrongSize" && size.actualBytes === 5);
    assert.equal((await stat(named)).size, 5);
    const missing = await failure(ensureTiny(model, hub.origin, { basePath: path.join(model.root, "nowhere") }));
    assert.ok(missing.kind === "baseUnreadable" && missing.code === "ENOENT" && missing.file.endsWith("nowhere"));
  });

  it("finds the base in the hub's own cache, and passes over a wrong one there", async () => {
    const blobs = path.join(model.root, "home/.cache/huggingface/hub/models--someone--tiny/blobs");
    await mkdir(blobs, { recursive: true });
    const blob = path.join(blobs, sha256(model.base));
    await writeFile(blob, Buffer.alloc(300_000));
    await ensureTiny(model, hub.origin, { directory: path.join(model.root, "other") });
    assert.equal(hub.gets.length, 1);
    await writeFile(blob, model.base);
    assert.equal((await ensureTiny(model, hub.origin)).kind, "ready");
    assert.equal(hub.gets.length, 1);
  });

  it("refuses a shipped adapter that changed or is gone, before anything is asked", async () => {
    const ask = () => Promise.reject(new Error("asked"));
    const adapter = path.join(model.modelFolder, "adapter.safetensors");
    await copyFile(path.join(model.modelFolder, "manifest.json"), adapter);
    assert.equal((await failure(ensureTiny(model, hub.origin, { ask }))).kind, "shippedFileDamaged");
    await rm(adapter);
    const gone = await failure(ensureTiny(model, hub.origin, { ask }));
    assert.ok(gone.kind === "shippedFileDamaged" && gone.detail === "it is missing");
  });

  it("refuses a manifest that is missing, no JSON, or wrong", async () => {
    const manifest = path.join(model.modelFolder, "manifest.json");
    for (const content of ["{", '{"version": 2}', `"${"x".repeat(2 << 20)}"`]) {
      await writeFile(manifest, content);
      await assert.rejects(ensureTiny(model, hub.origin), (error) => error instanceof EngineError && error.failure.kind === "modelDamaged");
    }
    await rm(manifest);
    assert.equal((await failure(ensureTiny(model, hub.origin))).kind, "shippedFileDamaged");
  });

  it("says why preparing failed, keeps the base, and leaves no half-made folder", async () => {
    const expected = { fails: "something odd", dies: "its process ended with code 3: out of luck" };
    for (const [title, detail] of Object.entries(expected)) {
      await use(title);
      const said = await failure(ensureTiny(model, hub.origin));
      assert.deepEqual(said, { kind: "prepareFailed", detail });
      assert.deepEqual(await storeListing(model), ["base/", `base/${model.manifest.base.sha256.slice(0, 12)}-base.gguf`]);
    }
  });

  it("hands on what preparing found damaged, and a disk that filled up", async () => {
    await use("damaged");
    await assert.rejects(ensureTiny(model, hub.origin), (error) => error instanceof EngineError && error.failure.kind === "modelDamaged");
    await use("full");
    assert.equal((await failure(ensureTiny(model, hub.origin))).kind, "noSpace");
  });

  it("says that preparing can't start where its program is missing", async () => {
    const said = await failure(ensureTiny(model, hub.origin, { prepare: { entry: path.join(model.root, "nothing.cjs") } }));
    assert.ok(said.kind === "prepareFailed", said.kind);
  });

  it("says which folder can't be written", async () => {
    await writeFile(path.join(model.root, "file"), "");
    const directory = path.join(model.root, "file", "store");
    const said = await failure(ensureTiny(model, hub.origin, { directory }));
    assert.ok(said.kind === "fileSystem" && said.code === "ENOTDIR" && said.path.startsWith(path.dirname(directory)));
  });

  it("keeps two models' bases of one name apart", async () => {
    const other = await makeModel();
    const otherHub = await FileServer.start(other.base);
    try {
      await ensureTiny(model, hub.origin);
      await ensureTiny({ ...other, store: model.store }, otherHub.origin);
      assert.equal((await storeListing(model)).filter((name) => name.endsWith("base.gguf")).length, 2);
    } finally {
      await otherHub.stop();
      await dropModel(other);
    }
  });

  it("takes UNMASK_HOME where no directory is given", async () => {
    const home = path.join(model.root, "chosen");
    const outcome = await ensureModel({
      modelFolder: model.modelFolder,
      ask: () => Promise.resolve(false),
      fetch: (url, init) => fetch(url, init),
      prepare: { entry: "unused" },
      machine: { hubOrigin: hub.origin, surroundings: { env: { UNMASK_HOME: home }, platform: process.platform, home: model.root } },
    });
    assert.equal(outcome.kind, "refused");
    assert.ok((await stat(home)).isDirectory());
  });
});
