/** Entry of the engine's process, bundled as dist/engine.cjs. */
import { runServer } from "./runServer";

// Before onnxruntime loads, which is why the model's side comes by a late import. That also lets a library that cannot be loaded be answered.
process.env.ORT_DISABLE_TELEMETRY = "1";

void runServer(async (directory, threads) => {
  const { loadModel } = await import("./loadModel");
  return loadModel(directory, threads);
});
