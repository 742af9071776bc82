/**
 * The platforms that get a package of their own, by their names in VS Code's marketplace.
 * onnxruntime-node has had no library for Macs with Intel processors since 1.24: theirs holds onnxruntime-web, which computes in WebAssembly.
 *
 * @typedef {{ target: string, os: string, cpu: string, runtime: "onnxruntime-node" | "onnxruntime-web" }} Platform
 * @type {readonly Platform[]}
 */
export const PLATFORMS = [
  { target: "linux-x64", os: "linux", cpu: "x64", runtime: "onnxruntime-node" },
  { target: "linux-arm64", os: "linux", cpu: "arm64", runtime: "onnxruntime-node" },
  { target: "darwin-arm64", os: "darwin", cpu: "arm64", runtime: "onnxruntime-node" },
  { target: "darwin-x64", os: "darwin", cpu: "x64", runtime: "onnxruntime-web" },
  { target: "win32-x64", os: "win32", cpu: "x64", runtime: "onnxruntime-node" },
  { target: "win32-arm64", os: "win32", cpu: "arm64", runtime: "onnxruntime-node" },
];
