import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { StoreError, type StoreFailure } from "../../../../src/model/store/storeError";
import type { StoreProgress } from "../../../../src/model/store/storeProgress";
import { ensureTiny } from "./ensureTiny";
import { FileServer, type Behaviour } from "./fileServer";
import { dropModel, makeModel, storeListing, type ModelFixture } from "./modelFixture";

describe("fetching the base from a hub", () => {
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

  const basePath = () => path.join(model.store, "base", `${model.manifest.base.sha256.slice(0, 12)}-base.gguf`);
  const get = () => ensureTiny(model, hub.origin);

  async function failure(): Promise<StoreFailure> {
    const error: unknown = await get().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof StoreError, `threw ${String(error)}`);
    return error.failure;
  }

  async function arrives(...behaviours: Behaviour[]): Promise<void> {
    hub.next(...behaviours);
    assert.equal((await get()).kind, "ready");
    assert.deepEqual(await readFile(basePath()), model.base);
    assert.deepEqual(
      (await storeListing(model)).filter((name) => /part|tmp|lock/.test(name)),
      [],
    );
  }

  it("follows the redirect and keeps the very bytes, with nothing temporary beside them", () => arrives({ kind: "good" }));

  it("goes on after a connection cut in the middle, with Range and If-Range", async () => {
    await arrives({ kind: "cut", afterBytes: 100_000 }, { kind: "cut", afterBytes: 50_000 });
    assert.equal(hub.gets.length, 3);
    assert.equal(hub.gets[0]!.range, undefined);
    // A reader under load may lose the last bytes before the cut; what it has, it does not ask for again.
    const [first, second] = [hub.gets[1]!, hub.gets[2]!].map(({ range, ifRange }) => {
      assert.equal(ifRange, '"one"');
      return Number(/^bytes=([1-9]\d*)-$/.exec(range!)![1]);
    });
    assert.ok(first! <= 100_000 && first! < second! && second! <= first! + 50_000, `${first}, ${second}`);
  });

  it("goes on after a stall", async () => {
    await arrives({ kind: "stall", afterBytes: 60_000 });
    assert.equal(hub.gets[1]!.range, "bytes=60000-");
  });

  it("starts over where the server ignores Range", async () => {
    await arrives({ kind: "cut", afterBytes: 100_000 }, { kind: "ignoreRange" });
    assert.equal(hub.gets.length, 2);
  });

  it("starts over where the server answers with another range", async () => {
    await arrives({ kind: "cut", afterBytes: 100_000 }, { kind: "otherRange" });
    assert.equal(hub.gets.length, 3);
    assert.equal(hub.gets[2]!.range, undefined);
  });

  it("starts over where the file's ETag is another by now", async () => {
    await arrives({ kind: "cut", afterBytes: 100_000 }, { kind: "status", status: 503, thenEtag: '"two"' });
    assert.match(hub.gets[2]!.range!, /^bytes=[1-9]\d*-$/);
    assert.equal(hub.gets[2]!.ifRange, '"one"');
    assert.equal(hub.gets.length, 3);
  });

  it("starts over, once, where what an earlier run left turns out wrong", async () => {
    await mkdir(path.dirname(basePath()), { recursive: true });
    await writeFile(`${basePath()}.part`, Buffer.alloc(1_000, 9));
    await arrives();
    assert.deepEqual(
      hub.gets.map((seen) => seen.range),
      ["bytes=1000-", undefined],
    );
  });

  it("tries again after 503 and 429, and obeys Retry-After", () =>
    arrives({ kind: "status", status: 503 }, { kind: "status", status: 429, headers: { "retry-after": "0" } }));

  it("gives up after three attempts without a byte, and says which status", async () => {
    hub.next(...Array.from({ length: 5 }, (): Behaviour => ({ kind: "status", status: 503 })));
    assert.equal((await failure()).kind, "httpStatus");
    assert.equal(hub.gets.length, 3);
  });

  it("says 404 at once", async () => {
    hub.next({ kind: "status", status: 404 });
    const said = await failure();
    assert.ok(said.kind === "httpStatus" && said.status === 404);
    assert.equal(hub.gets.length, 1);
  });

  it("refuses a web page in one sentence", async () => {
    hub.next({ kind: "html" });
    const said = await failure();
    assert.equal(said.kind, "hubAnsweredHtml");
    assert.match(new StoreError(said).message, /^http:\S+ answered with a web page instead of the file: sign in .*\.$/);
  });

  it("deletes bytes of the wrong hash, and says so", async () => {
    hub.next({ kind: "wrongBytes" });
    const said = await failure();
    assert.ok(said.kind === "wrongHash" && said.origin === "fetched");
    assert.match(new StoreError(said).message, /it was deleted/);
    assert.deepEqual(await storeListing(model), ["base/"]);
  });

  it("refuses a file that is announced shorter, and one that is longer", async () => {
    hub.next({ kind: "truncated", bytes: 200_000 });
    const short = await failure();
    assert.ok(short.kind === "wrongSize" && short.actualBytes === 200_000);
    hub.next({ kind: "endless" });
    assert.equal((await failure()).kind, "wrongSize");
    assert.deepEqual(await storeListing(model), ["base/"]);
  });

  it("keeps what came when the network goes, and resumes in the next run", async () => {
    const cut: Behaviour = { kind: "cut", afterBytes: 1_000 };
    const gone: Behaviour = { kind: "cut", afterBytes: 0 };
    hub.next(cut, gone, gone, gone);
    assert.equal((await failure()).kind, "noNetwork");
    assert.deepEqual(
      (await storeListing(model)).filter((name) => !name.endsWith("/")).map((name) => path.extname(name)),
      [".part", ".etag"],
    );
    await arrives();
    assert.equal(hub.gets.at(-1)!.range, "bytes=1000-");
  });

  it("says when nobody answers, naming the host, having asked nothing", async () => {
    const origin = hub.origin.replace("127.0.0.1", "localhost");
    await hub.stop();
    let asked = false;
    const ask = () => Promise.resolve((asked = true));
    await assert.rejects(ensureTiny(model, origin, { ask }), (error: unknown) => {
      assert.ok(error instanceof StoreError && error.failure.kind === "noNetwork");
      assert.match(error.message, /^localhost:\d+ can't be reached \(.*ECONNREFUSED.*\)/);
      return true;
    });
    assert.equal(asked, false);
  });

  it("tells bytes, total and speed while it comes", async () => {
    hub.next({ kind: "slow", chunkBytes: 10_000, everyMs: 30 });
    const seen: StoreProgress[] = [];
    await ensureTiny(model, hub.origin, { onProgress: (progress) => seen.push(progress) });
    const fetching = seen.filter(({ stage }) => stage === "fetching");
    assert.ok(fetching.length >= 5, `${fetching.length} events`);
    assert.ok(fetching.every(({ done, total }) => total === 300_000 && done <= total));
    assert.ok(fetching.every(({ done }, i) => i === 0 || done >= fetching[i - 1]!.done));
    const speed = fetching.at(-1)!.bytesPerSecond!;
    assert.ok(speed > 50_000 && speed < 2_000_000, `${speed} bytes/s`);
    assert.deepEqual([...new Set(seen.map(({ stage }) => stage))], ["fetching", "verifying", "preparing"]);
  });

  it("says that the disk is full when writing fails for lack of space, and goes on from there later", async () => {
    const { open } = await import("node:fs/promises");
    let written = 0;
    const openFile = async (file: string, flags: string) => {
      const handle = await open(file, flags);
      const write = async (chunk: Uint8Array, at: number) => {
        if (written > 50_000) throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
        const result = await handle.write(chunk, at);
        written += result.bytesWritten;
        return result;
      };
      return { write: write as typeof handle.write, sync: () => handle.sync(), close: () => handle.close() };
    };
    await assert.rejects(ensureTiny(model, hub.origin, {}, { openFile }), (error: unknown) => {
      assert.ok(error instanceof StoreError && error.failure.kind === "noSpace");
      return /^The disk that holds .* is full: free .* and try again\.$/.test(error.message);
    });
    assert.equal(hub.gets.length, 1);
    await arrives();
    assert.match(hub.gets.at(-1)!.range!, /^bytes=[1-9]/);
  });

  it("asks for space before a byte comes", async () => {
    await assert.rejects(ensureTiny(model, hub.origin, {}, { freeBytes: () => Promise.resolve(700_000) }), (error: unknown) => {
      assert.ok(error instanceof StoreError && error.failure.kind === "noSpace");
      assert.deepEqual([error.failure.neededBytes, error.failure.freeBytes], [750_000, 700_000]);
      return true;
    });
    assert.equal(hub.gets.length, 0);
  });
});
