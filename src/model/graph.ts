/**
 * The network, from token ids to logits, as one ONNX graph: a pre-norm decoder with grouped-query attention and rotary positions (qwen2, llama).
 *
 * Letters: R rows of a pass, P cached positions, T = P + R, H rows whose logits are wanted, W width, Q query heads, G key/value heads, D head size,
 * F feed-forward width, V vocabulary.
 *
 * Inputs: tokens [R] int64, positions [1,R] int64, attention_bias [1,1,R,T] (0 where a row sees a position, very negative where not),
 * head_rows [H] int64, and for each layer i past_key_i, past_value_i [P,G,D].
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
  const attentionBias = graph.input("attention_bias", DataType.FLOAT, [1, 1, "rows", "total"]);
  const headRows = graph.input("head_rows", DataType.INT64, ["head_rows"]);

  // Shared by all layers.
  const biasByRow = graph.node("Transpose", [attentionBias], { perm: [0, 2, 1, 3] }); // [1,R,1,T]
  const zeroPoints = graph.node("ConstantOfShape", [graph.node("Shape", [tokens])], {
    value: { tensor: tensor("", DataType.UINT8, [1], Uint8Array.of(ACTIVATION_ZERO)) },
  });
  const cos = graph.weight("rope_cos", DataType.FLOAT, [architecture.contextLength, D / 2], weights.ropeCos);
  const sin = graph.weight("rope_sin", DataType.FLOAT, [architecture.contextLength, D / 2], weights.ropeSin);
  const queryShape = graph.int64([-1, G, D]);
  const rowsAndTotal = graph.node("Shape", [graph.node("Squeeze", [attentionBias, graph.int64([0, 1])])]);
  const [rowCount, totalCount] = graph.nodeWithOutputs("Split", [rowsAndTotal], 2, { num_outputs: 2 }) as [Value, Value];
  const scoreShape = graph.node("Concat", [graph.int64([G]), rowCount, graph.int64([perGroup]), totalCount], { axis: 0 });
  const flatScoreShape = graph.node("Concat", [graph.int64([G, -1]), totalCount], { axis: 0 });
  const rowShape = graph.int64([-1, W]);
  const queryRowShape = graph.int64([-1, Q * D]);
  const batchShape = graph.int64([1, -1, (Q + G) * D]);
  const queryKeySplit = graph.int64([Q * D, G * D]);
  const qkvSplit = graph.int64([(Q + G) * D, G * D]);
  const gateUpSplit = graph.int64([architecture.feedForward, architecture.feedForward]);

  const norm = (x: Value, name: string) =>
    graph.node("SimplifiedLayerNormalization", [x, graph.weight(name, DataType.FLOAT, [W], weights.norms[name]!)], {
      axis: -1,
      epsilon: { float: architecture.rmsEpsilon },
    });

  /** x [R,in] → [R,out]. int8: activations to uint8 with a scale per row, since a few tokens' are many times larger than all others'. */
  const linear = (x: Value, matrix: Matrix, rowZeroPoints = zeroPoints): Value => {
    const product =
      matrix.kind === "float32" ? graph.node("MatMul", [x, weightOf(matrix, DataType.FLOAT)]) : integerProduct(x, matrix, rowZeroPoints);
    return matrix.bias
      ? graph.node("Add", [product, graph.weight(`${matrix.name}.bias`, DataType.FLOAT, [matrix.outputs], matrix.bias)])
      : product;
  };
  const weightOf = (matrix: Matrix, type: DataType) => graph.weight(matrix.name, type, [matrix.inputs, matrix.outputs], matrix.data);

  const integerConstants = once(() => ({
    lastAxis: graph.int64([-1]),
    perStep: graph.constant(DataType.FLOAT, [], Float32Array.of(1 / 127)),
    zero: graph.constant(DataType.UINT8, [], Uint8Array.of(ACTIVATION_ZERO)),
  }));
  const integerProduct = (x: Value, matrix: Matrix & { kind: "int8" }, rowZeroPoints: Value): Value => {
    const { lastAxis, perStep, zero } = integerConstants();
    const largest = graph.node("ReduceMax", [graph.node("Abs", [x]), lastAxis], { keepdims: 0 });
    const scale = graph.node("Mul", [largest, perStep]); // [R]; a row of zeros gives 0 and stays 0, whatever is quantised
    const quantized = graph.node("QuantizeLinear", [x, scale, rowZeroPoints], { axis: 0 });
    const weightScale = graph.weight(`${matrix.name}.scale`, DataType.FLOAT, [matrix.outputs], matrix.scales);
    const rowScale = graph.node("Unsqueeze", [scale, lastAxis]);
    // Its own bias input is not used: with a scale per row, onnxruntime 1.30 on x86 loses the bias.
    return graph.node("MatMulIntegerToFloat", [quantized, weightOf(matrix, DataType.INT8), rowScale, weightScale, zero], {}, MICROSOFT);
  };
  /** Softmax(q k^T / sqrt(D) + bias) v; query heads lie group-minor (see `writeWeights`), so that both products are strided and nothing is transposed. */
  const attention = (query: Value, key: Value, value: Value): Value => {
    const q = graph.node("Reshape", [query, queryShape]); // [R*Q/G,G,D]
    const scores = graph.node(
      "FusedMatMul",
      [q, key],
      { transB: 1, transBatchA: 1, transBatchB: 1, alpha: { float: 1 / Math.sqrt(D) } },
      MICROSOFT,
    ); // [G,R*Q/G,T]
    const seen = graph.node("Add", [graph.node("Reshape", [scores, scoreShape]), biasByRow]); // [G,R,Q/G,T]
    const weight = graph.node("Reshape", [graph.node("Softmax", [seen], { axis: -1 }), flatScoreShape]);
    const mixed = graph.node("FusedMatMul", [weight, value], { transBatchB: 1 }, MICROSOFT); // [G,R*Q/G,D]
    return graph.node("Reshape", [graph.node("Transpose", [mixed], { perm: [1, 0, 2] }), queryRowShape]);
  };

  let x = embed(graph, tokens, architecture, weights);
  for (let i = 0; i < layers; i++) {
    const layer = weights.layers[i]!;
    const qkv = linear(norm(x, `layers.${i}.attention_norm`), layer.qkv);
    const [queryKey, valueRows] = graph.nodeWithOutputs("Split", [qkv, qkvSplit], 2, { axis: -1 }) as [Value, Value];
    const rotated = graph.node(
      "RotaryEmbedding",
      [graph.node("Reshape", [queryKey, batchShape]), positions, cos, sin],
      { num_heads: Q + G, rotary_embedding_dim: 0, interleaved: 0 },
      MICROSOFT,
    );
    const [query, keyRows] = graph.nodeWithOutputs("Split", [rotated, queryKeySplit], 2, { axis: -1 }) as [Value, Value];
    const newKey = graph.node("Reshape", [keyRows, queryShape]); // [R,G,D]
    const newValue = graph.node("Reshape", [valueRows, queryShape]);
    graph.output(`new_key_${i}`, newKey, DataType.FLOAT, ["rows", G, D]);
    graph.output(`new_value_${i}`, newValue, DataType.FLOAT, ["rows", G, D]);
    const key = graph.node("Concat", [graph.input(`past_key_${i}`, DataType.FLOAT, ["past", G, D]), newKey], { axis: 0 });
    const value = graph.node("Concat", [graph.input(`past_value_${i}`, DataType.FLOAT, ["past", G, D]), newValue], { axis: 0 });
    x = graph.node("Add", [x, linear(attention(query, key, value), layer.attentionOutput)]);

    const gateUp = linear(norm(x, `layers.${i}.feed_forward_norm`), layer.gateUp);
    const [gate, up] = graph.nodeWithOutputs("Split", [gateUp, gateUpSplit], 2, { axis: -1 }) as [Value, Value];
    const activated = graph.node("Mul", [graph.node("QuickGelu", [gate], { alpha: { float: 1 } }, MICROSOFT), up]); // x sigmoid(x) is SiLU
    x = graph.node("Add", [x, linear(activated, layer.down)]);
  }

  const wanted = graph.node("Reshape", [graph.node("Gather", [x, headRows], { axis: 0 }), rowShape]);
  const wantedZeroPoints = graph.node("Gather", [zeroPoints, headRows], { axis: 0 });
  const logits = linear(norm(wanted, "output_norm"), weights.head, wantedZeroPoints);
  graph.output("logits", logits, DataType.FLOAT, ["head_rows", architecture.vocabularySize]);
  return graph.serialize(OPSET, "unmask");
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
