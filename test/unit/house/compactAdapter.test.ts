import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compactAdapter } from "../../../scripts/packaging/compactAdapter.mjs";
import { Adapter, type AdaptedMatrix } from "../../../src/model/adapter";
import { openSafetensors } from "../../../src/model/safetensors";

const ORIGINAL = join(__dirname, "../../fixtures/model/tiny-adapter.safetensors");

/** What an adapter adds to a matrix of zeros. */
async function change(file: string, layer: number, matrix: AdaptedMatrix, outputs: number, inputs: number): Promise<Float32Array> {
  const opened = await openSafetensors(file);
  try {
    const weights = new Float32Array(outputs * inputs);
    await Adapter.check(opened, 2).addTo(weights, layer, matrix, outputs, inputs);
    return weights;
  } finally {
    await opened.close();
  }
}

describe("a compact adapter", () => {
  let folder: string;
  let compact: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "unmask-compact-"));
    compact = join(folder, "adapter.safetensors");
    await writeFile(compact, compactAdapter(await readFile(ORIGINAL)));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it("holds its matrices in half the bytes, and their scales", async () => {
    const [original, other] = await Promise.all([openSafetensors(ORIGINAL), openSafetensors(compact)]);
    for (const [name, { bytes, shape }] of original.tensors) {
      if (shape.length !== 2) continue;
      assert.equal(other.tensors.get(name)?.bytes, bytes / 2);
      assert.deepEqual(other.tensors.get(`${name}.scale`)?.shape, [shape[0]]);
    }
    await Promise.all([original.close(), other.close()]);
  });

  for (const [matrix, outputs, inputs] of [
    ["self_attn.q_proj", 64, 64],
    ["self_attn.k_proj", 32, 64],
    ["mlp.up_proj", 128, 64],
    ["mlp.down_proj", 64, 128],
  ] as const) {
    it(`changes ${matrix} as the original does, within a hundredth`, async () => {
      const wanted = await change(ORIGINAL, 1, matrix, outputs, inputs);
      const actual = await change(compact, 1, matrix, outputs, inputs);
      const size = (x: Float32Array) => Math.sqrt(x.reduce((sum, value) => sum + value * value, 0));
      assert.ok(size(wanted) > 0);
      assert.ok(size(wanted.map((value, i) => value - actual[i]!)) < 0.01 * size(wanted));
    });
  }

  it("keeps the mask's embedding to the bit", async () => {
    const [original, other] = await Promise.all([openSafetensors(ORIGINAL), openSafetensors(compact)]);
    assert.deepEqual(await other.read("mask_embedding"), await original.read("mask_embedding"));
    await Promise.all([original.close(), other.close()]);
  });

  it("is refused without its scales", async () => {
    const broken = join(folder, "broken.safetensors");
    const text = (await readFile(compact)).toString("latin1").replaceAll("up_proj.a.scale", "up_proj.x.scale");
    await writeFile(broken, Buffer.from(text, "latin1"));
    await assert.rejects(change(broken, 1, "mlp.up_proj", 128, 64), /not a part of an adapter/);
  });
});
