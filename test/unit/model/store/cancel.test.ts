import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import * as path from "node:path";
import type { StoreStage } from "../../../../src/model/store/storeProgress";
import { ensureTiny } from "./ensureTiny";
import { FileServer } from "./fileServer";
import { dropModel, makeModel, storeListing, type ModelFixture } from "./modelFixture";

describe("cancelling the model store", () => {
  let model: ModelFixture;
  let hub: FileServer;
  beforeEach(async () => {
    model = await makeModel("slow");
    hub = await FileServer.start(model.base);
  });
  afterEach(async () => {
    await hub.stop();
    await dropModel(model);
  });

  /** Cancels at the first event of a stage; says which files are left, and which stages came after. */
  async function cancelAt(stage: StoreStage): Promise<{ files: string[]; later: StoreStage[] }> {
    const abort = new AbortController();
    const later: StoreStage[] = [];
    const outcome = await ensureTiny(model, hub.origin, {
      signal: abort.signal,
      onProgress: (progress) => {
        if (abort.signal.aborted) later.push(progress.stage);
        if (progress.stage === stage) abort.abort();
      },
    });
    assert.deepEqual(outcome, { kind: "cancelled" });
    return { files: (await storeListing(model)).filter((name) => !name.endsWith("/")), later };
  }

  const base = () => `base/${model.manifest.base.sha256.slice(0, 12)}-base.gguf`;

  it("while fetching leaves only what can be resumed", async () => {
    hub.next({ kind: "slow", chunkBytes: 10_000, everyMs: 20 });
    const { files, later } = await cancelAt("fetching");
    assert.ok(
      files.every((name) => name.startsWith(`${base()}.part`)),
      files.join(),
    );
    assert.deepEqual(later, []);
  });

  it("while waiting before another attempt ends the wait", async () => {
    hub.next({ kind: "status", status: 503, headers: { "retry-after": "30" } });
    const abort = new AbortController();
    const running = ensureTiny(
      model,
      hub.origin,
      { signal: abort.signal },
      { httpTiming: { stallMs: 5_000, reachMs: 1_000, attempts: 9, backoffMs: 60_000, mostBackoffMs: 60_000 } },
    );
    while (hub.gets.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    setTimeout(() => abort.abort(), 50);
    assert.deepEqual(await running, { kind: "cancelled" });
  });

  it("while verifying leaves the fetched file under its temporary name", async () => {
    const { files } = await cancelAt("verifying");
    assert.deepEqual(files, [`${base()}.part`, `${base()}.part.etag`]);
  });

  it("while preparing kills the process and leaves the base alone", async () => {
    const { files, later } = await cancelAt("preparing");
    assert.deepEqual([files, later], [[base()], []]);
  });

  it("while checking a base that is there leaves it", async () => {
    await cancelAt("preparing");
    const { files } = await cancelAt("checking");
    assert.deepEqual(files, [base()]);
  });

  it("before it begins, and while the question is open, fetches nothing", async () => {
    const signal = AbortSignal.abort();
    assert.deepEqual(await ensureTiny(model, hub.origin, { signal }), { kind: "cancelled" });
    const abort = new AbortController();
    const ask = () => {
      abort.abort();
      return Promise.resolve(true);
    };
    assert.deepEqual(await ensureTiny(model, hub.origin, { signal: abort.signal, ask }), { kind: "cancelled" });
    assert.equal(hub.gets.length, 0);
  });

  it("while waiting for another process ends the wait and leaves the other's lock", async () => {
    const first = new AbortController();
    let preparing = false;
    const other = ensureTiny(model, hub.origin, {
      signal: first.signal,
      onProgress: ({ stage }) => (preparing ||= stage === "preparing"),
    });
    while (!preparing) await new Promise((resolve) => setTimeout(resolve, 5));
    const { files } = await cancelAt("waiting");
    assert.ok(files.includes("lock"));
    first.abort();
    assert.deepEqual(await other, { kind: "cancelled" });
    assert.ok(!(await storeListing(model)).includes("lock"));
  });

  it("does not touch what a process without the lock has no business with", async () => {
    await mkdir(path.join(model.store, "tmp"), { recursive: true });
    await ensureTiny(model, hub.origin, { ask: () => Promise.resolve(false) });
    assert.deepEqual(await storeListing(model), ["tmp/"]);
  });
});
