import { fromBinary } from "@bufbuild/protobuf";
import { linkSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { GRAPH_FILE, WEIGHTS_FILE } from "../../src/model/preparedModel";
import { DataType, GraphBuilder, MICROSOFT, type ExternalBytes } from "../../src/model/onnx/graphBuilder";
import { ModelProtoSchema, type TensorProto } from "../../src/model/onnx/onnx_pb";
import { ROWS } from "./passes";
import { medianTime, round } from "./statistics";

interface Product {
  readonly weight: TensorProto;
  readonly scale: TensorProto;
}

/**
 * What a pass costs at the very least: the integer products of the prepared graph with the very weights, nothing between them.
 * @returns medians in ms, by `rows8`
 */
export async function measureMatmulFloor(directory: string, threads: number, repeat: number): Promise<Record<string, number>> {
  const products = readProducts(join(directory, GRAPH_FILE));
  const weights = realpathSync(join(directory, WEIGHTS_FILE));
  const folder = mkdtempSync(join(dirname(weights), "floor-"));
  try {
    try {
      linkSync(weights, join(folder, WEIGHTS_FILE));
    } catch {
      symlinkSync(weights, join(folder, WEIGHTS_FILE));
    }
    writeFileSync(join(folder, GRAPH_FILE), buildFloor(products));
    const session = await InferenceSession.create(join(folder, GRAPH_FILE), { intraOpNumThreads: threads, interOpNumThreads: 1 });
    try {
      const figures: Record<string, number> = {};
      for (const rows of ROWS) figures[`rows${rows}`] = round(await medianTime(repeat, () => session.run(feeds(products, rows))));
      return figures;
    } finally {
      await session.release();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readProducts(file: string): Product[] {
  const { graph } = fromBinary(ModelProtoSchema, readFileSync(file));
  const initializer = new Map(graph!.initializer.map((tensor) => [tensor.name, tensor]));
  return graph!.node
    .filter((node) => node.opType === "MatMulIntegerToFloat")
    .map((node) => ({ weight: initializer.get(node.input[1]!)!, scale: initializer.get(node.input[3]!)! }));
}

/** One node a product, all from the same inputs; of their outputs only the shapes are handed on, so that nothing is copied. */
function buildFloor(products: readonly Product[]): Uint8Array {
  const graph = new GraphBuilder(WEIGHTS_FILE);
  const zero = graph.constant(DataType.UINT8, [], Uint8Array.of(128));
  const scale = graph.input("scale", DataType.FLOAT, ["rows", 1]);
  const inputs = new Map(
    [...new Set(products.map(inputsOf))].map((width) => [width, graph.input(`in_${width}`, DataType.UINT8, ["rows", width])]),
  );
  const shapes = products.map(({ weight, scale: weightScale }) => {
    const size = weight.dims.map(Number);
    const matrix = graph.weight(weight.name, DataType.INT8, size, bytesOf(weight));
    const scales = graph.weight(weightScale.name, DataType.FLOAT, [size[1]!], bytesOf(weightScale));
    const input = inputs.get(size[0]!)!;
    return graph.node("Shape", [graph.node("MatMulIntegerToFloat", [input, matrix, scale, scales, zero], {}, MICROSOFT)]);
  });
  graph.output("shapes", graph.node("Concat", shapes, { axis: 0 }), DataType.INT64, ["count"]);
  return graph.serialize(21, "unmask-bench");
}

function feeds(products: readonly Product[], rows: number): Record<string, Tensor> {
  const scale = new Tensor("float32", new Float32Array(rows).fill(0.01), [rows, 1]);
  const widths = [...new Set(products.map(inputsOf))];
  const values = (width: number) => Uint8Array.from({ length: rows * width }, (_, i) => 98 + ((i * 31) % 60));
  return { scale, ...Object.fromEntries(widths.map((width) => [`in_${width}`, new Tensor("uint8", values(width), [rows, width])])) };
}

const inputsOf = ({ weight }: Product): number => Number(weight.dims[0]);

function bytesOf(tensor: TensorProto): ExternalBytes {
  const read = (key: string) => Number(tensor.externalData.find((entry) => entry.key === key)!.value);
  return { offset: read("offset"), length: read("length") };
}
