import assert from "node:assert/strict";
import { EngineError } from "../../../src/backends/engineError";
import { Adapter, addLowRank } from "../../../src/model/adapter";
import type { Safetensors, SafetensorsTensor } from "../../../src/model/safetensors";

function file(tensors: Record<string, readonly number[]>, metadata: Record<string, string> = { scale: "2.0" }): Safetensors {
  const table = new Map<string, SafetensorsTensor>();
  for (const [name, shape] of Object.entries(tensors)) table.set(name, { name, shape, type: "F32", offset: 0, bytes: 0 });
  return {
    file: "adapter.safetensors",
    metadata: new Map(Object.entries(metadata)),
    tensors: table,
    read: (name) => Promise.resolve(new Float32Array(table.get(name)!.shape.reduce((a, b) => a * b, 1)).fill(1)),
    close: () => Promise.resolve(),
  };
}
const damage = (clause: RegExp) => (error: unknown) =>
  error instanceof EngineError && error.failure.kind === "modelDamaged" && clause.test(error.failure.detail);

describe("a LoRA adapter", () => {
  it("adds scale b a, for ranks that four divides and that it does not", () => {
    for (const rank of [1, 3, 4, 7]) {
      const [outputs, inputs] = [3, 5];
      const a = Float32Array.from({ length: rank * inputs }, (_, i) => Math.sin(i));
      const b = Float32Array.from({ length: outputs * rank }, (_, i) => Math.cos(3 * i));
      const weights = Float32Array.from({ length: outputs * inputs }, (_, i) => i);
      addLowRank(weights, a, b, outputs, inputs, rank, 2);
      for (let o = 0; o < outputs; o++) {
        for (let i = 0; i < inputs; i++) {
          let sum = o * inputs + i;
          for (let r = 0; r < rank; r++) sum += 2 * b[o * rank + r]! * a[r * inputs + i]!;
          assert.ok(Math.abs(weights[o * inputs + i]! - sum) < 1e-4);
        }
      }
    }
  });

  it("leaves alone what it does not name", async () => {
    const weights = Float32Array.of(1, 2);
    await Adapter.check(file({}), 1).addTo(weights, 0, "mlp.up_proj", 1, 2);
    assert.deepEqual([...weights], [1, 2]);
  });

  it("is refused with half a pair, a foreign tensor, a layer too many, or no scale", () => {
    assert.throws(() => Adapter.check(file({ "layers.0.mlp.up_proj.a": [2, 3] }), 1), damage(/has no layers\.0\.mlp\.up_proj\.b/));
    assert.throws(() => Adapter.check(file({ "lm_head.weight": [2, 3] }), 1), damage(/not a part of an adapter/));
    assert.throws(
      () => Adapter.check(file({ "layers.1.mlp.up_proj.a": [1], "layers.1.mlp.up_proj.b": [1] }), 1),
      damage(/layer 1 of a model with 1/),
    );
    assert.throws(() => Adapter.check(file({}, {}), 1), damage(/no scale/));
  });

  it("is refused where its matrices do not fit the model's", async () => {
    const adapter = Adapter.check(file({ "layers.0.mlp.up_proj.a": [2, 3], "layers.0.mlp.up_proj.b": [4, 1], mask_embedding: [5] }), 1);
    await assert.rejects(adapter.addTo(new Float32Array(12), 0, "mlp.up_proj", 4, 3), damage(/the model's is \[4,3\]/));
    await assert.rejects(adapter.maskEmbedding(6), damage(/width is 6/));
  });
});
