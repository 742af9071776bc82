import assert from "node:assert/strict";
import { appendFileSync, truncateSync } from "node:fs";
import { mkdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { freeBytes } from "../../../../src/model/store/freeBytes";
import { StoreError } from "../../../../src/model/store/storeError";
import { verifyFile } from "../../../../src/model/store/verifyFile";
import { ensureTiny } from "./ensureTiny";
import { FileServer } from "./fileServer";
import { dropModel, makeModel, sha256, storeListing, type ModelFixture } from "./modelFixture";

describe("what a store may meet on a disk", () => {
  let model: ModelFixture;
  let hub: FileServer;
  let named: string;
  beforeEach(async () => {
    model = await makeModel();
    hub = await FileServer.start(model.base);
    named = path.join(model.root, "mine.gguf");
  });
  afterEach(async () => {
    await hub.stop();
    await dropModel(model);
  });

  const inStore = (name: string) => path.join(model.store, name);
  const base = () => inStore(`base/${model.manifest.base.sha256.slice(0, 12)}-base.gguf`);

  /** @returns the sentence of what it throws */
  async function sentence(promise: Promise<unknown>): Promise<string> {
    const error: unknown = await promise.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof StoreError, `threw ${String(error)}`);
    return error.message;
  }

  async function ready(): Promise<void> {
    const outcome = await ensureTiny(model, hub.origin);
    assert.ok(outcome.kind === "ready");
    assert.equal(sha256(await readFile(base())), model.manifest.base.sha256);
    assert.deepEqual(
      (await storeListing(model)).filter((name) => /^tmp|lock|part/.test(name)),
      [],
    );
  }

  for (const [what, put] of [
    ["a folder", (file: string) => mkdir(path.join(file, "inside"), { recursive: true })],
    ["a link to itself", (file: string) => symlink(path.basename(file), file)],
    ["a link to nowhere", (file: string) => symlink("nowhere", file)],
  ] as const)
    it(`is repaired: ${what} in the place of the base, its part, its ETag, the lock, a temporary or a prepared folder`, async () => {
      const outcome = await ensureTiny(model, hub.origin);
      assert.ok(outcome.kind === "ready");
      const places = [base(), `${base()}.part`, `${base()}.part.etag`, inStore("lock"), inStore("tmp"), outcome.directory];
      for (const place of [...places, path.join(outcome.directory, "prepared.json"), path.join(outcome.directory, "model.onnx")]) {
        await rm(model.store, { recursive: true });
        await mkdir(path.dirname(place), { recursive: true });
        await put(place);
        await ready();
      }
    });

  it("is repaired: an ETag of which only half was written, or which no header may hold", async () => {
    for (const etag of ['"one', '"o\nne"', ""]) {
      await rm(model.store, { recursive: true, force: true });
      await mkdir(path.dirname(base()), { recursive: true });
      await writeFile(`${base()}.part`, model.base.subarray(0, 1_000));
      await writeFile(`${base()}.part.etag`, etag);
      await ready();
      assert.deepEqual([hub.gets.at(-1)!.range, hub.gets.at(-1)!.ifRange], ["bytes=1000-", undefined]);
    }
  });

  it("is said: a file in the place of one of the store's folders, with what to do", async () => {
    for (const name of ["base", "prepared"]) {
      await rm(model.store, { recursive: true, force: true });
      await mkdir(model.store);
      await writeFile(inStore(name), "");
      assert.match(
        await sentence(ensureTiny(model, hub.origin)),
        /can't be used \((EEXIST|ENOTDIR)\): move away what stands there in its place, or set /,
      );
      assert.equal((await stat(inStore(name))).size, 0);
    }
  });

  it("is said: a named base that is a folder, a loop or longer", async () => {
    await mkdir(named);
    assert.match(
      await sentence(ensureTiny(model, hub.origin, { basePath: named })),
      /mine\.gguf has \d+ bytes instead of 300000: name the file /,
    );
    await rm(named, { recursive: true });
    await symlink("mine.gguf", named);
    assert.match(await sentence(ensureTiny(model, hub.origin, { basePath: named })), /mine\.gguf can't be read \(ELOOP\): name a file /);
    await rm(named);
    await writeFile(named, Buffer.concat([model.base, model.base]));
    assert.match(await sentence(ensureTiny(model, hub.origin, { basePath: named })), /600000 bytes instead of 300000: name the file /);
  });

  it("is said: a base that may not be read, and a store that may not be written", async function () {
    // root may do everything
    if (process.platform === "win32" || process.getuid?.() === 0) return this.skip();
    await writeFile(named, model.base, { mode: 0 });
    assert.match(await sentence(ensureTiny(model, hub.origin, { basePath: named })), /can't be read \(EACCES\): name a file /);
    await rm(model.store, { recursive: true });
    await mkdir(model.store, { mode: 0o500 });
    assert.match(await sentence(ensureTiny(model, hub.origin)), /can't be used \(EACCES\): check its permissions, or set UNMASK_HOME /);
  });

  it("is said: a file that grows faster than it is read, which ends all the same", async () => {
    await writeFile(named, model.base);
    const grow = () => appendFileSync(named, Buffer.alloc(2 << 20));
    grow();
    const expected = { bytes: model.base.length + (2 << 20), sha256: "0".repeat(64) };
    const said = await sentence(verifyFile(named, expected, "named", new AbortController().signal, grow));
    assert.match(said, /mine\.gguf has \d+ bytes instead of 2397152: name the file /);
  });

  it("is said: a base that grows, is cut or goes while it is prepared, and no prepared folder is left", async () => {
    for (const change of [() => appendFileSync(named, "x"), () => truncateSync(named, 9), () => rm(named)]) {
      await writeFile(named, model.base);
      let done = false;
      const onProgress = ({ stage }: { stage: string }) => {
        if (stage === "preparing" && !done) void change();
        done ||= stage === "preparing";
      };
      assert.match(
        await sentence(ensureTiny(model, hub.origin, { basePath: named, onProgress })),
        /mine\.gguf changed while it was read: let /,
      );
      assert.deepEqual(await storeListing(model), []);
    }
  });

  it("is said: a base that was cut while it was prepared, rather than called damaged", async () => {
    await dropModel(model);
    model = await makeModel("damaged");
    named = path.join(model.root, "mine.gguf");
    await writeFile(named, model.base);
    const cut = ({ stage }: { stage: string }) => (stage === "preparing" ? truncateSync(named, 9) : undefined);
    assert.match(await sentence(ensureTiny(model, hub.origin, { basePath: named, onProgress: cut })), /changed while it was read/);
  });
});

describe("the free space", () => {
  it("is what the system says of the disk", async () => {
    assert.equal(await freeBytes("/x", () => Promise.resolve({ bavail: 3, bsize: 4_096, blocks: 9 })), 12_288);
    assert.ok((await freeBytes(__dirname))! > 0);
  });
  it("is unknown where the system refuses to say, or says that there is no disk", async () => {
    const refused = Object.assign(new Error("no"), { code: "ENOSYS" });
    assert.equal(await freeBytes("/x", () => Promise.reject(refused)), undefined);
    assert.equal(await freeBytes("/x", () => Promise.resolve({ bavail: 0, bsize: 4_096, blocks: 0 })), undefined);
    await assert.rejects(
      freeBytes("/x", () => Promise.reject(new Error("a defect"))),
      /a defect/,
    );
  });
  it("unknown, hinders nothing", async () => {
    const model = await makeModel();
    const hub = await FileServer.start(model.base);
    try {
      const outcome = await ensureTiny(model, hub.origin, {}, { freeBytes: () => Promise.resolve(undefined) });
      assert.equal(outcome.kind, "ready");
    } finally {
      await hub.stop();
      await dropModel(model);
    }
  });
});
