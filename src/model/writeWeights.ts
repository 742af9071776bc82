import type { Adapter, AdaptedMatrix } from "./adapter";
import type { Architecture } from "./architecture";
import { damaged } from "./damaged";
import type { ExternalFile } from "./externalFile";
import { toFloat16 } from "./float16";
import type { Gguf } from "./gguf/gguf";
import { groupMinorOrder, takeColumns, takeRows, unpermutedOrder } from "./headOrder";
import type { ExternalBytes } from "./onnx/graphBuilder";
import { quantizeByOutput, transpose } from "./quantize";
import type { LayerWeights, Matrix, Precision, Weights } from "./weights";

export interface WeightsSource {
  readonly gguf: Gguf;
  readonly adapter: Adapter | undefined;
  readonly architecture: Architecture;
  /** base ids of the tokens that are kept, in the order of their new ids */
  readonly vocabulary: readonly number[];
  /** new id of the mask, whose embedding the adapter brings */
  readonly maskId: number;
}

/**
 * Merges the adapter into the base, quantises once, after merging, and writes every weight of the graph, one matrix at a time:
 * no more than a few matrices are in memory at once.
 * @param onPart called after each part, with what is done of all
 * @throws EngineError modelDamaged, the file system's errors, and the signal's reason
 */
export async function writeWeights(
  source: WeightsSource,
  precision: Precision,
  out: ExternalFile,
  onPart: (done: number, all: number) => void,
  signal?: AbortSignal,
): Promise<Weights> {
  const { gguf, adapter, architecture, vocabulary } = source;
  const { width: W, heads: Q, kvHeads: G, headSize: D, feedForward: F } = architecture;
  const all = architecture.layers + 2;
  let done = 0;
  const part = () => {
    onPart(++done, all);
    signal?.throwIfAborted();
  };
  const refuse = (detail: string): never => {
    throw damaged(gguf.file, detail);
  };

  /** A tensor of the base with the very shape the architecture says; `shape` slowest first. */
  const read = async (name: string, ...shape: number[]): Promise<Float32Array> => {
    const found = gguf.tensors.get(name);
    if (!found) return refuse(`it has no ${name}`);
    if (found.shape.join() !== shape.toReversed().join())
      return refuse(`${name} is [${found.shape.toReversed().join(",")}], not [${shape.join(",")}]`);
    return gguf.readTensor(name);
  };
  const optionalBias = async (name: string, size: number) => (gguf.tensors.has(name) ? read(name, size) : undefined);

  const writeMatrix = async (
    name: string,
    weights: Float32Array,
    outputs: number,
    inputs: number,
    bias?: Float32Array,
  ): Promise<Matrix> => {
    const base = { name, inputs, outputs, ...(bias && { bias: await out.append(bias) }) };
    if (precision === "float32") return { ...base, kind: "float32", data: await out.append(transpose(weights, outputs, inputs)) };
    const { data, scales } = quantizeByOutput(weights, outputs, inputs);
    return { ...base, kind: "int8", data: await out.append(data), scales: await out.append(scales) };
  };

  const queryOrder = groupMinorOrder(Q, G, D);
  /** A matrix of a layer, adapted; query and key rows un-permuted where the file permutes them. */
  const adapted = async (
    i: number,
    tensorName: string,
    matrix: AdaptedMatrix,
    outputs: number,
    inputs: number,
    permutedHeads = 0,
  ): Promise<Float32Array> => {
    let weights = await read(`blk.${i}.${tensorName}.weight`, outputs, inputs);
    if (permutedHeads > 0) weights = takeRows(weights, unpermutedOrder(permutedHeads, D), inputs);
    await adapter?.addTo(weights, i, matrix, outputs, inputs);
    return weights;
  };
  const headBias = async (i: number, letter: "q" | "k" | "v", heads: number, permuted: boolean) => {
    const bias = await optionalBias(`blk.${i}.attn_${letter}.bias`, heads * D);
    return bias && permuted ? takeRows(bias, unpermutedOrder(heads, D), 1) : bias;
  };

  const norms: Record<string, ExternalBytes> = {};
  const layers: LayerWeights[] = [];
  for (let i = 0; i < architecture.layers; i++) {
    norms[`layers.${i}.attention_norm`] = await out.append(await read(`blk.${i}.attn_norm.weight`, W));
    norms[`layers.${i}.feed_forward_norm`] = await out.append(await read(`blk.${i}.ffn_norm.weight`, W));
    const permuted = architecture.permutedHeads;
    const query = takeRows(await adapted(i, "attn_q", "self_attn.q_proj", Q * D, W, permuted ? Q : 0), queryOrder, W);
    const key = await adapted(i, "attn_k", "self_attn.k_proj", G * D, W, permuted ? G : 0);
    const value = await adapted(i, "attn_v", "self_attn.v_proj", G * D, W);
    const queryBias = await headBias(i, "q", Q, permuted);
    const keyBias = await headBias(i, "k", G, permuted);
    const valueBias = await headBias(i, "v", G, false);
    const bias = queryBias && keyBias && valueBias ? concat(takeRows(queryBias, queryOrder, 1), keyBias, valueBias) : undefined;
    if (!bias && (queryBias ?? keyBias ?? valueBias)) refuse(`layer ${i} has a bias for some of query, key and value only`);
    const output = takeColumns(await adapted(i, "attn_output", "self_attn.o_proj", W, Q * D), queryOrder);
    layers.push({
      qkv: await writeMatrix(`layers.${i}.qkv`, concat(query, key, value), (Q + 2 * G) * D, W, bias),
      attentionOutput: await writeMatrix(`layers.${i}.attention_output`, output, W, Q * D),
      gate: await writeMatrix(`layers.${i}.gate`, await adapted(i, "ffn_gate", "mlp.gate_proj", F, W), F, W),
      up: await writeMatrix(`layers.${i}.up`, await adapted(i, "ffn_up", "mlp.up_proj", F, W), F, W),
      down: await writeMatrix(`layers.${i}.down`, await adapted(i, "ffn_down", "mlp.down_proj", W, F), W, F),
    });
    part();
  }

  norms["output_norm"] = await out.append(await read("output_norm.weight", W));
  const keptRows = async (name: string) => {
    if (gguf.tensors.get(name)?.shape[0] !== W) refuse(`${name} is missing or is not ${W} wide`);
    return gguf.readRows(name, vocabulary);
  };
  const embedding = await keptRows("token_embd.weight");
  const head = gguf.tensors.has("output.weight") ? await keptRows("output.weight") : embedding.slice();
  const maskEmbedding = await adapter?.maskEmbedding(W);
  if (maskEmbedding) embedding.set(maskEmbedding, source.maskId * W);
  const embeddingBytes = await out.append(precision === "float32" ? embedding : toFloat16(embedding));
  part();
  const headMatrix = await writeMatrix("head", head, vocabulary.length, W);
  const { cos, sin } = ropeTables(architecture);
  const weights: Weights = {
    layers,
    norms,
    embedding: { kind: precision === "float32" ? "float32" : "float16", data: embeddingBytes },
    head: headMatrix,
    ropeCos: await out.append(cos),
    ropeSin: await out.append(sin),
  };
  part();
  return weights;
}

/** cos and sin of each position's angles, [contextLength, headSize/2] (RoFormer, arXiv:2104.09864). */
export function ropeTables(architecture: Pick<Architecture, "contextLength" | "headSize" | "ropeTheta" | "ropeDivisors">): {
  cos: Float32Array;
  sin: Float32Array;
} {
  const pairs = architecture.headSize / 2;
  const cos = new Float32Array(architecture.contextLength * pairs);
  const sin = new Float32Array(architecture.contextLength * pairs);
  for (let j = 0; j < pairs; j++) {
    const frequency = architecture.ropeTheta ** (-j / pairs) / architecture.ropeDivisors[j]!;
    for (let p = 0; p < architecture.contextLength; p++) {
      cos[p * pairs + j] = Math.cos(p * frequency);
      sin[p * pairs + j] = Math.sin(p * frequency);
    }
  }
  return { cos, sin };
}

/** Matrices below one another; vectors end to end. */
function concat(...parts: readonly Float32Array[]): Float32Array {
  const out = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
