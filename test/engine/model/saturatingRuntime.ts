import { fromBinary } from "@bufbuild/protobuf";
import type { InferenceSession } from "onnxruntime-node";
import { ModelProtoSchema } from "../../../src/model/onnx/onnx_pb";
import type { Runtime } from "../../../src/model/runtime/runtime";

/**
 * A runtime whose MatMulIntegerToFloat computes as x86 does without VNNI: `vpmaddubsw` multiplies uint8 by int8, adds two neighbours and saturates the
 * sum at 16 bits; sums of those are kept in 32 bits. Graphs of other operators are the real runtime's.
 */
export function saturatingRuntime(real: Runtime): Runtime {
  return { ...real, openBytes: async (graph) => emulate(graph, real) ?? real.openBytes(graph) };
}

function emulate(bytes: Uint8Array, { Tensor }: Runtime): InferenceSession | undefined {
  const graph = fromBinary(ModelProtoSchema, bytes).graph!;
  const node = graph.node.find(({ opType }) => opType === "MatMulIntegerToFloat");
  if (node === undefined) return undefined;
  const initializer = (index: number) => graph.initializer.find(({ name }) => name === node.input[index])!;
  const [inputs, outputs] = initializer(1).dims.map(Number) as [number, number];
  const weights = Int8Array.from(initializer(1).rawData);
  const zeroPoint = initializer(4).rawData[0]!;
  const run = (feeds: Record<string, { readonly data: Uint8Array }>) => {
    const values = feeds[node.input[0]!]!.data;
    const rows = values.length / inputs;
    const product = new Float32Array(rows * outputs);
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < outputs; column++) {
        const weight = (i: number): number => (i < inputs ? weights[i * outputs + column]! : 0);
        const value = (i: number): number => (i < inputs ? values[row * inputs + i]! : 0);
        let sum = 0;
        for (let i = 0; i < inputs; i += 2) {
          const pair = value(i) * weight(i) + value(i + 1) * weight(i + 1);
          sum += Math.max(-0x8000, Math.min(0x7fff, pair)) - zeroPoint * (weight(i) + weight(i + 1));
        }
        product[row * outputs + column] = sum;
      }
    return Promise.resolve({ [node.output[0]!]: new Tensor("float32", product, [rows, outputs]) });
  };
  return { run, release: () => Promise.resolve() } as unknown as InferenceSession;
}
