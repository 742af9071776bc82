import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { probeVerdict } from "../../../../src/engine/probeVerdict";
import { chooseProvider, parseVerdict, type Verdict } from "../../../../src/model/runtime/provider/verdict";
import { VerdictFile } from "../../../../src/model/runtime/provider/verdictFile";

const GPU: Verdict = { key: "k", provider: "webgpu", found: { webgpu: "fast" } };
const dead = () => false;
const alive = () => true;

describe("the choice of a provider", () => {
  for (const [what, verdict, isAlive, choice] of [
    ["is to probe where nothing is known", undefined, dead, { kind: "probe" }],
    ["is to probe where machine, runtime or model were others", { ...GPU, key: "other" }, dead, { kind: "probe" }],
    ["is the CPU where the verdict says so", { ...GPU, provider: "cpu" }, dead, { kind: "cpu" }],
    ["is the provider that was found", GPU, dead, { kind: "provider", provider: "webgpu" }],
    ["is the CPU while another engine has the GPU", { ...GPU, usedBy: 7 }, alive, { kind: "cpu" }],
    ["is the CPU for good where the last engine died with the GPU", { ...GPU, usedBy: 7 }, dead, { kind: "died", provider: "webgpu" }],
  ] as const)
    it(what, () => assert.deepEqual(chooseProvider(verdict, "k", isAlive), choice));
});

describe("a verdict", () => {
  it("names the fastest that was not refused, and what was found of each", () => {
    const ms = (provider: number) => ({ rows8Ms: { cpu: 30, provider } });
    assert.deepEqual(
      probeVerdict("k", {
        a: ms(20),
        b: ms(10),
        slower: ms(15),
        c: { ...ms(5), refusal: "the logits of row 0 differ" },
        d: { refusal: "no device" },
      }),
      {
        key: "k",
        provider: "b",
        found: {
          a: "8 rows take 20.0 ms, on the CPU 30.0",
          b: "8 rows take 10.0 ms, on the CPU 30.0",
          slower: "8 rows take 15.0 ms, on the CPU 30.0",
          c: "the logits of row 0 differ",
          d: "no device",
        },
      },
    );
    assert.equal(probeVerdict("k", { d: { refusal: "no device" } }).provider, "cpu");
    assert.equal(probeVerdict("k", {}).provider, "cpu");
  });

  it("is none where the text is garbage", () => {
    for (const text of [
      "",
      "null",
      "7",
      "[]",
      "{}",
      '{"key":"k","provider":"webgpu"}',
      JSON.stringify({ ...GPU, usedBy: -1 }),
      JSON.stringify({ ...GPU, found: { a: 1 } }),
    ])
      assert.equal(parseVerdict(text), undefined, text);
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void parseVerdict(text)));
  });
});

describe("the verdict's file", () => {
  let folder: string;
  before(async () => (folder = await mkdtemp(join(tmpdir(), "unmask-verdict-"))));
  after(() => rm(folder, { recursive: true, force: true }));

  it("gives back what was written, lies in the store by the model's fingerprint, and leaves nothing else", async () => {
    const file = new VerdictFile(folder, "0123456789abcdef0123");
    assert.equal(await file.read(), undefined);
    for (const verdict of [{ ...GPU, usedBy: 7 }, GPU]) {
      await file.write(verdict);
      assert.deepEqual(await file.read(), verdict);
    }
    assert.deepEqual(await readdir(join(folder, "providers")), ["0123456789abcdef.json"]);
  });

  it("counts as none where it holds garbage", async () => {
    const file = new VerdictFile(folder, "fedcba9876543210");
    await writeFile(file.path, '{"key":');
    assert.equal(await file.read(), undefined);
  });

  it("rejects where it cannot be written, and leaves nothing half", async () => {
    const inTheWay = join(folder, "file");
    await writeFile(inTheWay, "");
    await assert.rejects(new VerdictFile(inTheWay, "model").write(GPU), { code: "ENOTDIR" });
  });
});
