/**
 * The platforms that get a package of their own, by their names in VS Code's marketplace.
 * `without` says why there is none: it is printed, never passed over in silence.
 *
 * @typedef {{ target: string, os: string, cpu: string, without?: string }} Platform
 * @type {readonly Platform[]}
 */
export const PLATFORMS = [
  { target: "linux-x64", os: "linux", cpu: "x64" },
  { target: "linux-arm64", os: "linux", cpu: "arm64" },
  { target: "darwin-arm64", os: "darwin", cpu: "arm64" },
  {
    target: "darwin-x64",
    os: "darwin",
    cpu: "x64",
    without:
      "onnxruntime-node has had no binary for Macs with Intel processors since 1.24, and the engine cannot run on onnxruntime-web yet",
  },
  { target: "win32-x64", os: "win32", cpu: "x64" },
  { target: "win32-arm64", os: "win32", cpu: "arm64" },
];
