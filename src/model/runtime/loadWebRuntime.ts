import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { InferenceSession } from "onnxruntime-node";
import { GRAPH_FILE, WEIGHTS_FILE } from "../preparedModel";
import type { Runtime, RuntimeOptions } from "./runtime";

/** Compiling takes a second or two; threads that did not start by then never will. */
const START_LIMIT_MS = 30_000;

/**
 * onnxruntime as WebAssembly, for machines without a native library: two to five times slower, and with the weights in memory.
 * Its build for Node reads its two files (…threaded.mjs, …threaded.wasm) from its own folder; it fetches nothing and has no telemetry.
 * @throws what the import throws where the package is missing
 */
export async function loadWebRuntime({ threads }: RuntimeOptions): Promise<Runtime> {
  const ort = await import("onnxruntime-web");
  if (threads > 0) ort.env.wasm.numThreads = threads;
  ort.env.wasm.proxy = false;
  ort.env.wasm.initTimeout = START_LIMIT_MS;
  // Not "cpu": under that name the native runtime may be registered too.
  const options: InferenceSession.SessionOptions = { executionProviders: ["wasm"], graphOptimizationLevel: "all" };
  return {
    name: "onnxruntime-web",
    Tensor: ort.Tensor,
    openFolder: async (directory) => {
      // As a path it would be held in memory twice until they are copied.
      const weights = await readFile(join(directory, WEIGHTS_FILE));
      const externalData = [{ path: WEIGHTS_FILE, data: weights }];
      return ort.InferenceSession.create(join(directory, GRAPH_FILE), { ...options, externalData });
    },
    openBytes: (graph) => ort.InferenceSession.create(graph, options),
  };
}
