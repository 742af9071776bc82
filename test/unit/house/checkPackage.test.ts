import assert from "node:assert/strict";
import { checkPackage, MOST_BYTES } from "../../../scripts/packaging/checkPackage.mjs";

const LINUX = { target: "linux-x64", os: "linux", cpu: "x64" };
const RUNTIME = "dist/node_modules/onnxruntime-node/bin/napi-v6";

const GOOD = [
  ...["package.json", "readme.md", "changelog.md", "LICENSE.txt", "NOTICE"],
  ...["extension.cjs", "engine.cjs", "prepare.cjs", "media/trace.js", "media/trace.css"].map((name) => `dist/${name}`),
  "dist/grammars/web-tree-sitter.wasm",
  ...["typescript", "tsx", "javascript", "python"].map((language) => `dist/grammars/tree-sitter-${language}.wasm`),
  "dist/node_modules/onnxruntime-common/dist/cjs/index.js",
  "dist/node_modules/onnxruntime-node/dist/index.js",
  `${RUNTIME}/linux/x64/onnxruntime_binding.node`,
  `${RUNTIME}/linux/x64/libonnxruntime.so.1`,
  "models/small/manifest.json",
];

describe("a package's check", () => {
  it("finds nothing wrong with a package that may ship", () => {
    assert.deepEqual(checkPackage(LINUX, GOOD, MOST_BYTES), []);
  });

  it("refuses a byte too many", () => {
    assert.match(checkPackage(LINUX, GOOD, MOST_BYTES + 1).join(), /more than 40\.0 MB/);
  });

  for (const name of GOOD)
    it(`misses ${name}`, () => {
      assert.equal(
        checkPackage(
          LINUX,
          GOOD.filter((other) => other !== name),
          1,
        ).length,
        1,
      );
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
