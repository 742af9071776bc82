/**
 * The network, from token ids to logits, as one ONNX graph: a pre-norm decoder with grouped-query attention and rotary positions (qwen2, llama).
 *
 * Letters: R rows of a pass, P cached positions, T = P + R, H rows whose logits are wanted, W width, Q query heads, G key/value heads, D head size,
 * F feed-forward width, V vocabulary.
 *
 * Inputs: tokens [R] int64, positions [1,R] int64, attention_bias [R*Q/G,T] (0 where a row sees a position, very negative where not; each row Q/G times,
 * once for each query head of a group), head_rows [H] int64, and for each layer i past_key_i, past_value_i [P,G,D].
 * Outputs: logits [H,V], and for each layer new_key_i, new_value_i [R,G,D]: only the new rows, which the caller copies behind its own.
 *
 * Which row sees which is the caller's to say, so one graph serves prefill, drafts, blocks that see each other, and several rows sharing a prefix.
 */
import type { Architecture } from "./architecture";
import type { Matrix, Weights } from "./weights";
import { DataType, GraphBuilder, MICROSOFT, tensor, type Value } from "./onnx/graphBuilder";

/** Rows that no position sees get this bias; finite, so that a row that sees nothing gives numbers and not NaN. */
export const UNSEEN = -1e9;

const OPSET = 21;

/** @param weights where each weight lies in the external data file, as written by `writeWeights` */
export function buildGraph(architecture: Architecture, weights: Weights, weightsFile: string): Uint8Array {
  const { layers, width: W, heads: Q, kvHeads: G, headSize: D } = architecture;
  const graph = new GraphBuilder(weightsFile);
  const perGroup = Q / G;

  const tokens = graph.input("tokens", DataType.INT64, ["rows"]);
  const positions = graph.input("positions", DataType.INT64, [1, "rows"]);
  const attentionBias = graph.input("attention_bias", DataType.FLOAT, ["query_rows", "total"]);
  const headRows = graph.input("head_rows", DataType.INT64, ["head_rows"]);

  // Shared by all layers.
  const lastAxis = once(() => graph.int64([-1]));
  const oneZeroPoint = { value: { tensor: tensor("", DataType.UINT8, [1], Uint8Array.of(ACTIVATION_ZERO)) } };
  const zeroPointsFor = (ids: Value): Value =>
    graph.node("Unsqueeze", [graph.node("ConstantOfShape", [graph.node("Shape", [ids])], oneZeroPoint), lastAxis()]);
  const cos = graph.weight("rope_cos", DataType.FLOAT, [architecture.contextLength, D / 2], weights.ropeCos);
  const sin = graph.weight("rope_sin", DataType.FLOAT, [architecture.contextLength, D / 2], weights.ropeSin);
  const headShape = graph.int64([-1, G, D]);
  const queryRowShape = graph.int64([-1, Q * D]);
  const batchShape = graph.int64([1, -1, (Q + G) * D]);
  const queryKeySplit = graph.int64([Q * D, G * D]);
  const qkvSplit = graph.int64([(Q + G) * D, G * D]);

  const norm = (x: Value, name: string) =>
    graph.node("SimplifiedLayerNormalization", [x, graph.weight(name, DataType.FLOAT, [W], weights.norms[name]!)], {
      axis: -1,
      epsilon: { float: architecture.rmsEpsilon },
    });

  /** x [R,in] → [R,out] for each matrix. int8: activations to uint8 with a scale per row, since a few tokens' are many times larger than all others'. */
  const linear = (x: Value, matrices: readonly Matrix[], rowZeroPoints: () => Value): Value[] => {
    const quantized = once(() => quantize(x, matrices[0]!.inputs, rowZeroPoints));
    return matrices.map((matrix) => {
      const product =
        matrix.kind === "float32" ? graph.node("MatMul", [x, weightOf(matrix, DataType.FLOAT)]) : integerProduct(quantized(), matrix);
      return matrix.bias
        ? graph.node("Add", [product, graph.weight(`${matrix.name}.bias`, DataType.FLOAT, [matrix.outputs], matrix.bias)])
        : product;
    });
  };
  const weightOf = (matrix: Matrix, type: DataType) => graph.weight(matrix.name, type, [matrix.inputs, matrix.outputs], matrix.data);

  const integerConstants = once(() => ({
    perStep: graph.constant(DataType.FLOAT, [], Float32Array.of(1 / 127)),
    zero: graph.constant(DataType.UINT8, [], Uint8Array.of(ACTIVATION_ZERO)),
  }));
  const quantize = (x: Value, width: number, rowZeroPoints: () => Value): Quantized => {
    const { perStep } = integerConstants();
    const largest = graph.node("ReduceMax", [graph.node("Abs", [x]), lastAxis()], { keepdims: 1 });
    const scale = graph.node("Mul", [largest, perStep]); // [R,1]; a row of zeros gives 0 and stays 0, whatever is quantised
    return { scale, values: graph.node("QuantizeLinear", [x, scale, rowZeroPoints()], { axis: 1, block_size: width }) };
  };
  const integerProduct = ({ values, scale }: Quantized, matrix: Matrix & { kind: "int8" }): Value => {
    const weightScale = graph.weight(`${matrix.name}.scale`, DataType.FLOAT, [matrix.outputs], matrix.scales);
    // Its own bias input is not used: with a scale per row, onnxruntime 1.30 on x86 loses the bias.
    const { zero } = integerConstants();
    return graph.node("MatMulIntegerToFloat", [values, weightOf(matrix, DataType.INT8), scale, weightScale, zero], {}, MICROSOFT);
  };
  /** Softmax(q k^T / sqrt(D) + bias) v; query heads lie group-minor (see `writeWeights`), so that both products are strided and nothing is transposed. */
  const attention = (query: Value, key: Value, value: Value, bias: Value): Value => {
    const q = graph.node("Reshape", [query, headShape]); // [R*Q/G,G,D]
    const scores = graph.node(
      "FusedMatMul",
      [q, key],
      { transB: 1, transBatchA: 1, transBatchB: 1, alpha: { float: 1 / Math.sqrt(D) } },
      MICROSOFT,
    ); // [G,R*Q/G,T]
    const weight = graph.node("Softmax", [graph.node("Add", [scores, bias])], { axis: -1 });
    const mixed = graph.node("FusedMatMul", [weight, value], { transBatchB: 1 }, MICROSOFT); // [G,R*Q/G,D]
    return graph.node("Reshape", [graph.node("Transpose", [mixed], { perm: [1, 0, 2] }), queryRowShape]);
  };

  let x = embed(graph, tokens, architecture, weights);
  let bias = attentionBias;
  let rowZeroPoints = once(() => zeroPointsFor(tokens)); // [R,1]
  for (let i = 0; i < layers; i++) {
    const layer = weights.layers[i]!;
    const qkv = linear(norm(x, `layers.${i}.attention_norm`), [layer.qkv], rowZeroPoints)[0]!;
    const [queryKey, valueRows] = graph.nodeWithOutputs("Split", [qkv, qkvSplit], 2, { axis: -1 }) as [Value, Value];
    const rotated = graph.node(
      "RotaryEmbedding",
      [graph.node("Reshape", [queryKey, batchShape]), positions, cos, sin],
      { num_heads: Q + G, rotary_embedding_dim: 0, interleaved: 0 },
      MICROSOFT,
    );
    const [queryRows, keyRows] = graph.nodeWithOutputs("Split", [rotated, queryKeySplit], 2, { axis: -1 }) as [Value, Value];
    const newKey = graph.output(`new_key_${i}`, graph.node("Reshape", [keyRows, headShape]), DataType.FLOAT, ["rows", G, D]);
    const newValue = graph.output(`new_value_${i}`, graph.node("Reshape", [valueRows, headShape]), DataType.FLOAT, ["rows", G, D]);
    const key = graph.node("Concat", [graph.input(`past_key_${i}`, DataType.FLOAT, ["past", G, D]), newKey], { axis: 0 });
    const value = graph.node("Concat", [graph.input(`past_value_${i}`, DataType.FLOAT, ["past", G, D]), newValue], { axis: 0 });

    let query = queryRows;
    if (i === layers - 1) {
      // From here on only the rows that become logits matter: a prefill, which wants one, saves most of a layer.
      query = graph.node("Gather", [queryRows, headRows], { axis: 1 });
      x = graph.node("Gather", [x, headRows], { axis: 0 });
      rowZeroPoints = once(() => zeroPointsFor(headRows));
      const total = graph.node("Shape", [attentionBias], { start: 1 });
      const byRow = graph.node("Reshape", [attentionBias, graph.node("Concat", [graph.int64([-1, perGroup]), total], { axis: 0 })]);
      const flat = graph.node("Concat", [graph.int64([-1]), total], { axis: 0 });
      bias = graph.node("Reshape", [graph.node("Gather", [byRow, headRows], { axis: 0 }), flat]);
    }
    x = graph.node("Add", [x, linear(attention(query, key, value, bias), [layer.attentionOutput], rowZeroPoints)[0]!]);

    const [gate, up] = linear(norm(x, `layers.${i}.feed_forward_norm`), [layer.gate, layer.up], rowZeroPoints) as [Value, Value];
    const activated = graph.node("Mul", [graph.node("QuickGelu", [gate], { alpha: { float: 1 } }, MICROSOFT), up]); // x sigmoid(x) is SiLU
    x = graph.node("Add", [x, linear(activated, [layer.down], rowZeroPoints)[0]!]);
  }
  const logits = linear(norm(x, "output_norm"), [weights.head], rowZeroPoints)[0]!;
  graph.output("logits", logits, DataType.FLOAT, ["head_rows", architecture.vocabularySize]);
  return graph.serialize(OPSET, "unmask");
}

/** Rows of activations as uint8 [R,in], with a scale for each row [R,1]. */
interface Quantized {
  readonly values: Value;
  readonly scale: Value;
}

/** The uint8 that stands for 0. Activations use 1 … 255, so that the range is the same on both sides. */
const ACTIVATION_ZERO = 128;

/** tokens [R] → [R,W] */
function embed(graph: GraphBuilder, tokens: Value, architecture: Architecture, weights: Weights): Value {
  const shape = [architecture.vocabularySize, architecture.width];
  if (weights.embedding.kind === "float32")
    return graph.node("Gather", [graph.weight("embedding", DataType.FLOAT, shape, weights.embedding.data), tokens], { axis: 0 });
  const half = graph.node("Gather", [graph.weight("embedding", DataType.FLOAT16, shape, weights.embedding.data), tokens], { axis: 0 });
  return graph.node("Cast", [half], { to: DataType.FLOAT });
}

/** Makes a value at its first use, so that a graph has no constants that nothing uses. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
