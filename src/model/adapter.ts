import { damaged } from "./damaged";
import type { Safetensors } from "./safetensors";

/** The matrices of a layer that an adapter may change, by the names it gives them. */
export type AdaptedMatrix =
  "self_attn.q_proj" | "self_attn.k_proj" | "self_attn.v_proj" | "self_attn.o_proj" | "mlp.gate_proj" | "mlp.up_proj" | "mlp.down_proj";

const KEY = /^layers\.(\d+)\.(self_attn\.[qkvo]_proj|mlp\.(?:gate|up|down)_proj)\.([ab])(?:\.scale)?$/;
const MASK_EMBEDDING = "mask_embedding";

/**
 * A LoRA adapter (arXiv:2106.09685): W' = W + scale · b a, with a [R,in] and b [out,R], and an embedding for the mask.
 * The file's layout is that of the training's export: keys `layers.N.self_attn.q_proj.a` …, `mask_embedding`, metadata `scale`.
 * In a compact one (packaging makes it, half the size) a and b are int8, with float32 `….a.scale`, one for each of the matrix's rows.
 */
export class Adapter {
  private constructor(
    private readonly file: Safetensors,
    private readonly scale: number,
  ) {}

  /** @throws EngineError modelDamaged: a key that is not an adapter's, half a pair, or no scale */
  static check(file: Safetensors, layers: number): Adapter {
    const refuse = (detail: string): never => {
      throw damaged(file.file, detail);
    };
    const scale = Number(file.metadata.get("scale"));
    if (!file.metadata.has("scale") || !Number.isFinite(scale)) refuse("its metadata has no scale");
    for (const name of file.tensors.keys()) {
      if (name === MASK_EMBEDDING) continue;
      const match = KEY.exec(name);
      if (!match) return refuse(`${name.slice(0, 80)} is not a part of an adapter`);
      if (Number(match[1]) >= layers) refuse(`it adapts layer ${match[1]} of a model with ${layers}`);
      const pair = `layers.${match[1]}.${match[2]}`;
      for (const half of [`${pair}.a`, `${pair}.b`]) {
        const found = file.tensors.get(half);
        if (!found) return refuse(`${name} has no ${half}`);
        const scale = file.tensors.get(`${half}.scale`);
        if ((found.type === "I8") !== (scale !== undefined)) refuse(`${half} is int8 without a scale, or has one without being int8`);
        if (scale && (scale.type === "I8" || scale.shape.join() !== `${found.shape[0]}`))
          refuse(`${half}.scale is not one number for each row`);
      }
    }
    return new Adapter(file, scale);
  }

  /** [width]; undefined where the mask keeps the base's embedding */
  async maskEmbedding(width: number): Promise<Float32Array | undefined> {
    if (!this.file.tensors.has(MASK_EMBEDDING)) return undefined;
    const embedding = await this.file.read(MASK_EMBEDDING);
    if (embedding.length !== width) this.refuse(`its mask embedding has ${embedding.length} numbers, the model's width is ${width}`);
    return embedding;
  }

  /** Adds scale · b a to `weights` [outputs, inputs], in place; nothing where the adapter leaves this matrix alone. */
  async addTo(weights: Float32Array, layer: number, matrix: AdaptedMatrix, outputs: number, inputs: number): Promise<void> {
    const key = `layers.${layer}.${matrix}`;
    const shapeOfA = this.file.tensors.get(`${key}.a`)?.shape;
    const shapeOfB = this.file.tensors.get(`${key}.b`)?.shape;
    if (!shapeOfA || !shapeOfB) return;
    const rank = shapeOfA[0];
    if (
      shapeOfA.length !== 2 ||
      shapeOfB.length !== 2 ||
      rank === undefined ||
      shapeOfA[1] !== inputs ||
      shapeOfB[0] !== outputs ||
      shapeOfB[1] !== rank
    ) {
      this.refuse(`${key} is [${shapeOfB.join(",")}] x [${shapeOfA.join(",")}], the model's is [${outputs},${inputs}]`);
    }
    addLowRank(weights, await this.half(`${key}.a`), await this.half(`${key}.b`), outputs, inputs, rank, this.scale);
  }

  /** a or b, with its rows' scales where it has them */
  private async half(name: string): Promise<Float32Array> {
    const values = await this.file.read(name);
    if (!this.file.tensors.has(`${name}.scale`)) return values;
    const scales = await this.file.read(`${name}.scale`);
    const columns = values.length / scales.length;
    for (let i = 0; i < values.length; i++) values[i] = values[i]! * scales[Math.floor(i / columns)]!;
    return values;
  }

  private refuse(detail: string): never {
    throw damaged(this.file.file, detail);
  }
}

/**
 * weights += scale · b a, in place.
 * @param weights [outputs, inputs]
 * @param a [rank, inputs]
 * @param b [outputs, rank]
 */
export function addLowRank(
  weights: Float32Array,
  a: Float32Array,
  b: Float32Array,
  outputs: number,
  inputs: number,
  rank: number,
  scale: number,
): void {
  for (let o = 0; o < outputs; o++) {
    const row = weights.subarray(o * inputs, (o + 1) * inputs);
    let r = 0;
    for (; r + 4 <= rank; r += 4) {
      // four at a time: the row of weights is read and written a quarter as often
      const [b0, b1, b2, b3] = [
        scale * b[o * rank + r]!,
        scale * b[o * rank + r + 1]!,
        scale * b[o * rank + r + 2]!,
        scale * b[o * rank + r + 3]!,
      ];
      const [a0, a1, a2, a3] = [r * inputs, (r + 1) * inputs, (r + 2) * inputs, (r + 3) * inputs];
      for (let i = 0; i < inputs; i++) row[i] = row[i]! + b0 * a[a0 + i]! + b1 * a[a1 + i]! + b2 * a[a2 + i]! + b3 * a[a3 + i]!;
    }
    for (; r < rank; r++) {
      const factor = scale * b[o * rank + r]!;
      for (let i = 0; i < inputs; i++) row[i] = row[i]! + factor * a[r * inputs + i]!;
    }
  }
}
