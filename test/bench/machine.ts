import { readFileSync } from "node:fs";
import os from "node:os";
import { version as onnxruntime } from "onnxruntime-node/package.json";

/** What the figures depend on beside the code. */
export function machine(): Record<string, unknown> {
  const [processor] = os.cpus();
  return {
    processor: processor?.model.trim(),
    processors: os.availableParallelism(),
    features: features(),
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    node: process.version,
    onnxruntime,
    loadBefore: os.loadavg()[0],
  };
}

/** Of the instructions that int8 products use, those that the machine has; where the system says so. */
function features(): string[] {
  try {
    const known = /\b(?:avx2|avx_vnni|avx512_vnni|avx512_bf16|amx_int8|asimddp|i8mm|sve)\b/g;
    return [...new Set(readFileSync("/proc/cpuinfo", "utf8").match(known) ?? [])].sort();
  } catch {
    return [];
  }
}
