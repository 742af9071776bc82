import assert from "node:assert/strict";
import { checkPackage, MOST_BYTES } from "../../../scripts/packaging/checkPackage.mjs";
import { GRAMMARS } from "../../../scripts/packaging/grammars.mjs";

const LINUX = { target: "linux-x64", os: "linux", cpu: "x64", runtime: "onnxruntime-node" } as const;
const INTEL_MAC = { target: "darwin-x64", os: "darwin", cpu: "x64", runtime: "onnxruntime-web" } as const;
const RUNTIME = "dist/node_modules/onnxruntime-node/bin/napi-v6";

const COMMON = [
  ...["package.json", "package.nls.json", "package.nls.de.json", "readme.md", "changelog.md", "LICENSE.txt", "NOTICE"],
  ...["l10n/bundle.l10n.json", "l10n/bundle.l10n.de.json"],
  ...["ghost-text", "fill-selection", "denoising-trace"].map((name) => `media/pictures/${name}.png`),
  ...["model.md", "model.nls.de.md", "tune.md", "tune.nls.de.md"].map((name) => `media/walkthrough/${name}`),
  ...[
    "extension.cjs",
    "engine.cjs",
    "prepare.cjs",
    "probe.cjs",
    "media/trace.js",
    "media/trace.css",
    "media/statistics.js",
    "media/statistics.css",
  ].map((name) => `dist/${name}`),
  "dist/grammars/web-tree-sitter.wasm",
  ...Object.keys(GRAMMARS).map((file) => `dist/grammars/${file}`),
  "dist/node_modules/onnxruntime-common/package.json",
  "models/small/manifest.json",
];
const GOOD = [
  ...COMMON,
  "dist/node_modules/onnxruntime-common/dist/cjs/index.js",
  "dist/node_modules/onnxruntime-node/package.json",
  "dist/node_modules/onnxruntime-node/dist/index.js",
  `${RUNTIME}/linux/x64/onnxruntime_binding.node`,
  `${RUNTIME}/linux/x64/libonnxruntime.so.1`,
];
const GOOD_ON_WEB = [
  ...COMMON,
  "dist/node_modules/onnxruntime-common/dist/esm/index.js",
  ...["package.json", "dist/ort.node.min.mjs"].map((name) => `dist/node_modules/onnxruntime-web/${name}`),
  ...["mjs", "wasm"].map((end) => `dist/node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.${end}`),
];

describe("a package's check", () => {
  it("finds nothing wrong with packages that may ship", () => {
    assert.deepEqual(checkPackage(LINUX, GOOD, MOST_BYTES), []);
    assert.deepEqual(checkPackage(INTEL_MAC, GOOD_ON_WEB, MOST_BYTES), []);
  });

  it("refuses a byte too many", () => {
    assert.match(checkPackage(LINUX, GOOD, MOST_BYTES + 1).join(), /more than 40\.0 MB/);
  });

  for (const [platform, good] of [
    [LINUX, GOOD],
    [INTEL_MAC, GOOD_ON_WEB],
  ] as const)
    for (const name of good)
      it(`misses ${name} on ${platform.target}`, () => {
        const rest = good.filter((other) => other !== name);
        assert.equal(checkPackage(platform, rest, 1).length, 1);
      });

  it("refuses a second runtime", () => {
    const [web, native] = ["dist/node_modules/onnxruntime-web/a.wasm", "dist/node_modules/onnxruntime-node/dist/index.js"];
    assert.deepEqual(checkPackage(LINUX, [...GOOD, web], 1), ["linux-x64: onnxruntime-web should stay at home"]);
    assert.deepEqual(checkPackage(INTEL_MAC, [...GOOD_ON_WEB, native], 1), ["darwin-x64: onnxruntime-node should stay at home"]);
  });

  it("refuses a native library where the runtime is WebAssembly", () => {
    const name = "dist/onnxruntime/darwin/x64/libonnxruntime.1.dylib";
    assert.deepEqual(checkPackage(INTEL_MAC, [...GOOD_ON_WEB, name], 1), [`darwin-x64: ${name} is another platform's`]);
  });

  for (const name of [
    `${RUNTIME}/linux/arm64/libonnxruntime.so.1`,
    `${RUNTIME}/win32/x64/onnxruntime.dll`,
    `${RUNTIME}/darwin/arm64/libonnxruntime.1.dylib`,
    `dist/onnxruntime_binding.node`,
  ])
    it(`refuses another platform's ${name}`, () => {
      assert.deepEqual(checkPackage(LINUX, [...GOOD, name], 1), [`linux-x64: ${name} is another platform's`]);
    });

  for (const name of [
    "src/extension.ts",
    "test/a.js",
    "dist/extension.cjs.map",
    ".e2e/package.json",
    "models/small/training/a.py",
    "base.gguf",
  ])
    it(`leaves ${name} at home`, () => {
      assert.deepEqual(checkPackage(LINUX, [...GOOD, name], 1), [`linux-x64: ${name} should stay at home`]);
    });
});
