import { DataType, GraphBuilder } from "../onnx/graphBuilder";
import type { Runtime } from "./runtime";

const OPSET = 21;

/**
 * Runs a graph of one operator, so that a runtime that loads and then can't start its threads, or hands tensors over wrongly (Electron restricts
 * memory that is shared with native libraries), is found before the model's weights are read.
 * @throws Error where the runtime does not start or does not compute
 */
export async function tryRuntime({ Tensor, openBytes }: Runtime): Promise<void> {
  const graph = new GraphBuilder("");
  const x = graph.input("x", DataType.FLOAT, ["length"]);
  graph.output("y", graph.node("Add", [x, x]), DataType.FLOAT, ["length"]);
  const session = await openBytes(graph.serialize(OPSET, "unmask"));
  try {
    const { y } = await session.run({ x: new Tensor("float32", Float32Array.of(1, 2, 3), [3]) });
    const sums = [...(y!.data as Float32Array)];
    if (sums.join() !== "2,4,6") throw new Error(`it doubled 1,2,3 to ${sums.join()}`);
  } finally {
    await session.release();
  }
}
