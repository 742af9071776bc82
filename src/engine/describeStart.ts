import type { InitializeResult } from "./protocol";

/** One line for the log: what the engine runs on, and what keeps it from being faster. */
export function describeStart({ model, loadMs, threads, runtime }: InitializeResult): string {
  const on = `The engine has loaded ${model} in ${Math.round(loadMs)} ms and computes with ${runtime.name} on ${threads} thread${threads === 1 ? "" : "s"}`;
  return runtime.insteadOfNative === undefined
    ? `${on}.`
    : `${on}, which is slower than onnxruntime-node: that cannot be used here (${runtime.insteadOfNative}).`;
}
