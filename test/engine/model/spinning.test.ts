import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { DataType, GraphBuilder } from "../../../src/model/onnx/graphBuilder";
import { loadNodeRuntime } from "../../../src/model/runtime/loadNodeRuntime";

const SIZE = 256;
const PAUSE_MS = 100;

describe("the threads of a session", function () {
  this.timeout(20_000);

  it("sleep soon after a pass", async () => {
    const graph = new GraphBuilder("");
    const x = graph.input("x", DataType.FLOAT, [SIZE, SIZE]);
    graph.output(
      "y",
      graph.node("MatMul", [x, graph.constant(DataType.FLOAT, [SIZE, SIZE], new Float32Array(SIZE * SIZE))]),
      DataType.FLOAT,
      [SIZE, SIZE],
    );
    const runtime = await loadNodeRuntime({ threads: 4 });
    const session = await runtime.openBytes(graph.serialize(21, "unmask-test"));
    try {
      const feeds = { x: new runtime.Tensor("float32", new Float32Array(SIZE * SIZE), [SIZE, SIZE]) };
      const cpuMs: number[] = [];
      for (let pass = 0; pass < 9; pass++) {
        await session.run(feeds);
        const before = process.cpuUsage();
        await sleep(PAUSE_MS);
        const { user, system } = process.cpuUsage(before);
        cpuMs.push((user + system) / 1_000);
      }
      const median = cpuMs.sort((a, b) => a - b)[4]!;
      assert.ok(median < 20, `${median} ms of processor time in ${PAUSE_MS} ms`);
    } finally {
      await session.release();
    }
  });
});
