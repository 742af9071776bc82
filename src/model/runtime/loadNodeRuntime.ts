import { join } from "node:path";
import type { InferenceSession } from "onnxruntime-node";
import { GRAPH_FILE } from "../preparedModel";
import type { Runtime, RuntimeOptions } from "./runtime";

/**
 * How long a thread looks for more work before it sleeps. The gaps between the operators of a pass are shorter. Unlimited, it took 41 ms of processor
 * time after each pass (4 ms with this), and the passes were no faster: 28.0 and 27.3 ms for 3 rows over 512, 29.8 without spinning, on two cores.
 */
const SPIN_US = 1_000;

/**
 * onnxruntime's own library: the fastest, where there is one. It maps the weights into memory.
 * @throws what the import throws where the package or its library is missing or does not load
 */
export async function loadNodeRuntime({ threads, spin = true, profileInto, wideProducts = false }: RuntimeOptions): Promise<Runtime> {
  process.env["ORT_DISABLE_TELEMETRY"] = "1"; // read when the library is loaded, so before the import
  const ort = await import("onnxruntime-node");
  const options: InferenceSession.SessionOptions = {
    executionProviders: ["cpu"],
    graphOptimizationLevel: "all",
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: "sequential",
    // It keeps a plan of its memory for each shape of its inputs that it has seen: here nearly each pass has one of its own, and the plans add up.
    enableMemPattern: false,
    extra: {
      session: {
        intra_op: { allow_spinning: spin ? "1" : "0", spin_duration_us: `${SPIN_US}` },
        x64quantprecision: wideProducts ? "1" : "0",
      },
    },
  };
  const profiling = profileInto === undefined ? {} : { enableProfiling: true, profileFilePrefix: profileInto };
  return {
    name: "onnxruntime-node",
    Tensor: ort.Tensor,
    openFolder: (directory, provider) =>
      ort.InferenceSession.create(join(directory, GRAPH_FILE), {
        ...options,
        ...profiling,
        ...(provider !== undefined && { executionProviders: [provider, "cpu"] }),
      }),
    openBytes: (graph) => ort.InferenceSession.create(graph, options),
  };
}
