import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { LOCK_TIMING } from "../../../src/model/store/lockTiming";
import { withStoreLock } from "../../../src/model/store/storeLock";
import { discardPrepared } from "../../../src/ui/discardPrepared";

describe("discardPrepared", () => {
  let store: string;
  let prepared: string;
  beforeEach(async () => {
    store = await mkdtemp(path.join(tmpdir(), "unmask-store-"));
    prepared = path.join(store, "prepared", "model-v3-0123456789abcdef");
    await mkdir(prepared, { recursive: true });
    await writeFile(path.join(prepared, "model.onnx"), "damaged");
  });
  afterEach(() => rm(store, { recursive: true, force: true }));

  /** Works in the store as another window does. */
  const holding = (work: () => Promise<unknown>): Promise<unknown> =>
    withStoreLock(path.join(store, "lock"), LOCK_TIMING, new AbortController().signal, () => undefined, work);

  it("deletes the folder, and leaves neither a lock nor a temporary folder", async () => {
    await discardPrepared(prepared);
    assert.deepEqual(await readdir(store), ["prepared"]);
    assert.deepEqual(await readdir(path.join(store, "prepared")), []);
  });
  it("does nothing where there is none any more", async () => {
    await rm(prepared, { recursive: true });
    await discardPrepared(prepared);
    assert.deepEqual(await readdir(store), ["prepared"]);
  });
  it("leaves the whole folder that another window has put there while this one waited for the lock", async () => {
    let discarded: Promise<void> | undefined;
    await holding(async () => {
      discarded = discardPrepared(prepared);
      await wait(50);
      await mkdir(path.join(store, "whole"));
      await rm(prepared, { recursive: true });
      await rename(path.join(store, "whole"), prepared);
    });
    await discarded;
    assert.deepEqual(await readdir(path.join(store, "prepared")), [path.basename(prepared)]);
  });
  it("leaves all as it is where another window works on the model for long", async () => {
    await holding(() => discardPrepared(prepared));
    assert.deepEqual(await readdir(prepared), ["model.onnx"]);
  });
});
