import { GRAMMARS } from "./grammars.mjs";

/** Bytes that a package may have at most: 40 MB. */
export const MOST_BYTES = 40_000_000;

const REQUIRED = [
  "package.json",
  "package.nls.json",
  "package.nls.de.json",
  "l10n/bundle.l10n.json",
  "l10n/bundle.l10n.de.json",
  "readme.md",
  "changelog.md",
  "LICENSE.txt",
  "NOTICE",
  "dist/extension.cjs",
  "dist/engine.cjs",
  "dist/prepare.cjs",
  "dist/probe.cjs",
  "dist/media/trace.js",
  "dist/media/trace.css",
  "dist/media/statistics.js",
  "dist/media/statistics.css",
  ...["ghost-text", "fill-selection", "denoising-trace"].map((name) => `media/pictures/${name}.png`),
  ...["model", "tune"].flatMap((name) => [`media/walkthrough/${name}.md`, `media/walkthrough/${name}.nls.de.md`]),
  "dist/grammars/web-tree-sitter.wasm",
  ...Object.keys(GRAMMARS).map((file) => `dist/grammars/${file}`),
  "dist/node_modules/onnxruntime-common/package.json",
];

const REQUIRED_BY_RUNTIME = {
  "onnxruntime-node": [
    "dist/node_modules/onnxruntime-common/dist/cjs/index.js",
    "dist/node_modules/onnxruntime-node/package.json",
    "dist/node_modules/onnxruntime-node/dist/index.js",
  ],
  "onnxruntime-web": [
    "dist/node_modules/onnxruntime-common/dist/esm/index.js",
    "dist/node_modules/onnxruntime-web/package.json",
    "dist/node_modules/onnxruntime-web/dist/ort.node.min.mjs",
    "dist/node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.mjs",
    "dist/node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm",
  ],
};

const FORBIDDEN = /(^|\/)(src|test|scripts|training|\.e2e|\.ci|out)\/|\.(ts|map|gguf|onnx|tsbuildinfo)$/;

/** Native libraries and programs, by their ends. */
const BINARY = /\.(node|dll|dylib|exe)$|\.so(\.\d+)*$/;

/**
 * What is wrong with a package: a sentence for each fault; none where it may ship.
 *
 * @param {import("./platforms.mjs").Platform} platform whose package it is
 * @param {readonly string[]} names of its files, as `listPackage` gives them
 * @param {number} bytes the package's size
 * @returns {string[]}
 */
export function checkPackage({ target, os, cpu, runtime }, names, bytes) {
  const faults = [];
  if (bytes > MOST_BYTES) faults.push(`${target}: ${megabytes(bytes)} MB is more than ${megabytes(MOST_BYTES)} MB`);
  for (const name of [...REQUIRED, ...REQUIRED_BY_RUNTIME[runtime]])
    if (!names.includes(name)) faults.push(`${target}: ${name} is missing`);
  if (!names.some((name) => /^models\/[^/]+\/manifest\.json$/.test(name))) faults.push(`${target}: there is no model's manifest`);
  for (const name of names) if (FORBIDDEN.test(name)) faults.push(`${target}: ${name} should stay at home`);
  const other = runtime === "onnxruntime-node" ? "onnxruntime-web" : "onnxruntime-node";
  if (names.some((name) => name.includes(`/${other}/`))) faults.push(`${target}: ${other} should stay at home`);
  const binaries = names.filter((name) => BINARY.test(name));
  const own = runtime === "onnxruntime-node" ? binaries.filter((name) => name.includes(`/${os}/${cpu}/`)) : [];
  if (runtime === "onnxruntime-node" && own.length !== 2)
    faults.push(`${target}: expected the runtime's binding and its library, found ${own.join(", ") || "neither"}`);
  for (const name of binaries) if (!own.includes(name)) faults.push(`${target}: ${name} is another platform's`);
  return faults;
}

/** @param {number} bytes */
export function megabytes(bytes) {
  return (bytes / 1e6).toFixed(1);
}
