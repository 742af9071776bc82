import assert from "node:assert/strict";
import { lstat, mkdir, readdir, rename, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { FORGOTTEN_AFTER_MS, oldPrepared } from "../../../../src/model/store/oldPrepared";
import { pidSpace } from "../../../../src/model/store/pidSpace";
import { temporaryName } from "../../../../src/model/store/temporaryFolder";
import { ensureTiny } from "./ensureTiny";
import { FileServer } from "./fileServer";
import { dropModel, makeModel, storeListing, type ModelFixture } from "./modelFixture";

const DAY_MS = 24 * 60 * 60_000;

describe("a prepared folder of before", () => {
  let model: ModelFixture;
  let hub: FileServer;
  let current: string;
  beforeEach(async () => {
    model = await makeModel();
    hub = await FileServer.start(model.base);
    const outcome = await ensureTiny(model, hub.origin);
    assert.ok(outcome.kind === "ready");
    current = outcome.directory;
  });
  afterEach(async () => {
    await hub.stop();
    await dropModel(model);
  });

  const parent = () => path.dirname(current);
  const use = async (folder: string, at: number) => utimes(path.join(folder, "prepared.json"), new Date(at), new Date(at));

  /** One that was used 40 days ago, of an earlier version, unless told otherwise. */
  async function put(name: string, change: { name?: unknown; source?: unknown; json?: string; extra?: string } = {}): Promise<string> {
    const folder = path.join(parent(), name);
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, "model.onnx"), "old");
    if (change.extra !== undefined) await writeFile(path.join(folder, change.extra), "");
    const id = /-([0-9a-f]{16})$/.exec(name)?.[1] ?? "";
    const prepared = { version: 1, name: "tiny", source: id.repeat(4), files: { "model.onnx": { bytes: 3, sha256: "" } }, ...change };
    await writeFile(path.join(folder, "prepared.json"), change.json ?? JSON.stringify(prepared));
    await use(folder, Date.now() - 40 * DAY_MS);
    return folder;
  }
  const id = (digit: string) => digit.repeat(16);
  const folders = async () => (await readdir(parent())).sort();

  it("goes when nobody used it for long, at the next start", async () => {
    await put(`tiny-v1-${id("a")}`);
    await put(`tiny-v2-${id("b")}`);
    assert.deepEqual(await ensureTiny(model, hub.origin), { kind: "ready", directory: current });
    assert.deepEqual(await folders(), [path.basename(current)]);
    assert.deepEqual(
      (await storeListing(model)).filter((name) => /^tmp|lock/.test(name)),
      [],
    );
  });

  it("goes when a new one has just been prepared", async () => {
    await put(`tiny-v1-${id("a")}`);
    await rm(current, { recursive: true });
    await ensureTiny(model, hub.origin);
    assert.deepEqual(await folders(), [path.basename(current)]);
  });

  it("stays where it is not ours, or may be used: whatever is not just as the store makes it", async () => {
    const stay = [
      await put(`other-v1-${id("1")}`, { name: "other" }),
      await put(`tiny-v1-${id("2")}`, { extra: "my notes.txt" }),
      await put(`tiny-v1-${id("3")}`, { name: "other" }),
      await put(`tiny-v1-${id("4")}`, { source: id("5") }),
      await put(`tiny-v1-${id("5")}`, { source: 7 }),
      await put(`tiny-v1-${id("6")}`, { json: "{" }),
      await put(`tiny-v1-${id("7")}`, { json: "null" }),
      await put(`tiny-v1-short`),
      await put(`tiny-coder-v1-${id("8")}`),
      await put(`my tiny-v1-${id("9")}`),
    ];
    const used = await put(`tiny-v1-${id("a")}`);
    await use(used, Date.now() - FORGOTTEN_AFTER_MS + DAY_MS);
    const future = await put(`tiny-v1-${id("b")}`);
    await use(future, Date.now() + 40 * DAY_MS);
    const target = path.join(model.root, "elsewhere");
    await rename(await put(`tiny-v1-${id("c")}`), target);
    const link = path.join(parent(), `tiny-v1-${id("c")}`);
    await symlink(target, link);
    const file = path.join(parent(), `tiny-v1-${id("d")}`);
    await writeFile(file, "");
    const empty = path.join(parent(), `tiny-v1-${id("e")}`);
    await mkdir(empty);
    const old = await put(`tiny-v1-${id("f")}`);
    assert.deepEqual(await oldPrepared(current, "tiny", Date.now()), [old]);
    await use(current, Date.now() - 40 * DAY_MS);
    assert.deepEqual(await oldPrepared(current, "tiny", Date.now()), [old], "not the one that is asked for");
    await ensureTiny(model, hub.origin);
    const kept = [...stay, used, future, link, file, empty, current].map((folder) => path.basename(folder));
    assert.deepEqual(await folders(), kept.sort());
    assert.equal((await readdir(target)).length, 2);
    assert.ok((await lstat(link)).isSymbolicLink());
  });

  it("stays while another process holds the lock, and that does not keep anyone waiting", async () => {
    const old = await put(`tiny-v1-${id("a")}`);
    const half = path.join(model.store, "tmp-1-theirs");
    await mkdir(half);
    await writeFile(path.join(model.store, "lock"), JSON.stringify({ pid: process.ppid, host: pidSpace(), token: "theirs" }));
    const beganMs = performance.now();
    assert.equal((await ensureTiny(model, hub.origin)).kind, "ready");
    assert.ok(performance.now() - beganMs < 1_000);
    assert.ok((await stat(old)).isDirectory() && (await stat(half)).isDirectory());
  });

  it("is one that was used when it was found, not only when it was made", async () => {
    await use(current, Date.now() - 40 * DAY_MS);
    await ensureTiny(model, hub.origin);
    const { mtimeMs } = await stat(path.join(current, "prepared.json"));
    assert.ok(Math.abs(Date.now() - mtimeMs) < DAY_MS);
  });

  it("is not all that goes: so do what killed processes left, and a part of a base that is not needed any more", async () => {
    const base = (await storeListing(model)).find((name) => name.endsWith(".gguf"))!;
    await writeFile(path.join(model.store, `${base}.part`), "part");
    await writeFile(path.join(model.store, `${base}.part.etag`), "etag");
    await writeFile(path.join(model.store, "base", "another.part"), "another model's");
    await mkdir(path.join(model.store, "tmp", "of earlier versions"), { recursive: true });
    await mkdir(temporaryName(model.store));
    await mkdir(path.join(model.store, "tmpfiles of the user"));
    await ensureTiny(model, hub.origin);
    assert.deepEqual(
      (await storeListing(model)).filter((name) => /tmp|part/.test(name)),
      ["base/another.part", "tmpfiles of the user/"],
    );
  });

  it("and a temporary folder are never called alike by two holders", () => {
    assert.equal(new Set(Array.from({ length: 20 }, () => temporaryName(model.store))).size, 20);
  });
});
