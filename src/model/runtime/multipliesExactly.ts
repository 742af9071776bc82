import type { InferenceSession } from "onnxruntime-node";
import { DataType, GraphBuilder, MICROSOFT } from "../onnx/graphBuilder";
import type { Runtime } from "./runtime";

const OPSET = 21;
const ZERO_POINT = 128;
/** No multiple of a kernel's tile (4, 16, 64 …), so that what is left over at its edges is computed too. */
const INPUTS = 70;
const OUTPUTS = 35;
/** One row has kernels of its own; eight fill a tile, and three more do not. */
const ROWS = [1, 11];

/**
 * Whether uint8 x int8 products come out as integers are multiplied. x86 without VNNI adds two products in 16 bits (`vpmaddubsw`) and saturates:
 * 255 * 127 twice is 64,770, and it gives 32,767. Asked by the product itself, in the form of the model's, since names of processors tell less:
 * an AVX-512 machine may saturate, and one without AVX2 does not.
 * @throws what the runtime throws
 */
export async function multipliesExactly(runtime: Runtime): Promise<boolean> {
  const weights = Int8Array.from({ length: INPUTS * OUTPUTS }, (_, at) => extreme(at % OUTPUTS, at, -127, 127));
  const session = await runtime.openBytes(buildProduct(weights));
  try {
    for (const rows of ROWS) {
      const values = Uint8Array.from({ length: rows * INPUTS }, (_, at) => extreme(Math.floor(at / INPUTS), at, 1, 255));
      const products = await multiply(runtime, session, values, rows);
      if (!products.every((product, at) => product === dot(values, weights, Math.floor(at / OUTPUTS), at % OUTPUTS))) return false;
    }
    return true;
  } finally {
    await session.release();
  }
}

/** The kinds of lines: all high, all low, and everything between. */
function extreme(line: number, at: number, least: number, most: number): number {
  if (line % 3 === 0) return most;
  return line % 3 === 1 ? least : least + ((at * 31) % (most - least + 1));
}

/** values [R,K] uint8, scale [R,1] → product [R,N]: with scales of 1 it holds integers below 2^24, which float32 has exactly. */
function buildProduct(weights: Int8Array): Uint8Array {
  const graph = new GraphBuilder("");
  const values = graph.input("values", DataType.UINT8, ["rows", INPUTS]);
  const scale = graph.input("scale", DataType.FLOAT, ["rows", 1]);
  const matrix = graph.constant(DataType.INT8, [INPUTS, OUTPUTS], new Uint8Array(weights.buffer));
  const scales = graph.constant(DataType.FLOAT, [OUTPUTS], new Float32Array(OUTPUTS).fill(1));
  const zero = graph.constant(DataType.UINT8, [], Uint8Array.of(ZERO_POINT));
  const product = graph.node("MatMulIntegerToFloat", [values, matrix, scale, scales, zero], {}, MICROSOFT);
  graph.output("product", product, DataType.FLOAT, ["rows", OUTPUTS]);
  return graph.serialize(OPSET, "unmask");
}

async function multiply({ Tensor }: Runtime, session: InferenceSession, values: Uint8Array, rows: number): Promise<Float32Array> {
  const { product } = await session.run({
    values: new Tensor("uint8", values, [rows, INPUTS]),
    scale: new Tensor("float32", new Float32Array(rows).fill(1), [rows, 1]),
  });
  return product!.data as Float32Array;
}

function dot(values: Uint8Array, weights: Int8Array, row: number, column: number): number {
  let sum = 0;
  for (let i = 0; i < INPUTS; i++) sum += (values[row * INPUTS + i]! - ZERO_POINT) * weights[i * OUTPUTS + column]!;
  return sum;
}
