import type { InitializeResult } from "./protocol";
import { runtimeWords } from "./runtimeWords";

/** One line for the log: what the engine runs on, and what keeps it from being faster. */
export function describeStart({ model, loadMs, threads, runtime }: InitializeResult): string {
  const { insteadOfNative, wideProducts, provider } = runtime;
  const on = `The engine has loaded ${model} in ${Math.round(loadMs)} ms and computes with ${runtimeWords(runtime)} on ${threads} thread${threads === 1 ? "" : "s"}`;
  if (insteadOfNative !== undefined) return `${on}, which is slower than onnxruntime-node: that cannot be used here (${insteadOfNative}).`;
  return wideProducts && provider === undefined
    ? `${on}, slower and with more memory than elsewhere: this processor's int8 products are not exact.`
    : `${on}.`;
}
