import assert from "node:assert/strict";
import { EngineError } from "../../../src/backends/engineError";
import type { InfillParams } from "../../../src/engine/protocol";
import { describeStart } from "../../../src/engine/describeStart";
import { runtimeWords } from "../../../src/engine/runtimeWords";
import { tellingLine } from "../../../src/engine/tellingLine";
import { validateBranches, validateRequest } from "../../../src/engine/validateRequest";

describe("what is said of the runtime", () => {
  const started = { model: "pilot", vocabularySize: 7, loadMs: 412.6, threads: 2 };
  it("names the GPU provider that computes, for the status item too", () => {
    const runtime = { name: "onnxruntime-node", provider: "webgpu" } as const;
    assert.equal(runtimeWords(runtime), "onnxruntime-node with webgpu");
    assert.equal(
      describeStart({ ...started, runtime }),
      "The engine has loaded pilot in 413 ms and computes with onnxruntime-node with webgpu on 2 threads.",
    );
  });
  it("says why it is slow where another runtime or other kernels must do", () => {
    const web = describeStart({ ...started, threads: 1, runtime: { name: "onnxruntime-web", insteadOfNative: "no library" } });
    assert.match(
      web,
      /with onnxruntime-web on 1 thread, which is slower than onnxruntime-node: that cannot be used here \(no library\)\.$/,
    );
    const wide = describeStart({ ...started, runtime: { name: "onnxruntime-node", wideProducts: true } });
    assert.match(wide, /on 2 threads, slower and with more memory than elsewhere: this processor's int8 products are not exact\.$/);
  });
});

describe("tellingLine", () => {
  it("finds the error above node's stack and version", () => {
    const lines = [
      "node:internal/modules/cjs/loader:1586",
      "  return process.dlopen(module, path.toNamespacedPath(filename));",
      "                 ^",
      "",
      "Error: libstdc++.so.6: cannot open shared object file",
      "    at Module._extensions..node (node:internal/modules/cjs/loader:1586:18) {",
      "  code: 'ERR_DLOPEN_FAILED'",
      "}",
      "",
      "Node.js v20.20.2",
    ];
    assert.equal(tellingLine(lines), "Error: libstdc++.so.6: cannot open shared object file");
  });
  it("takes the last line of a program that is not node", () => {
    assert.equal(tellingLine(["loading", "engine: exec format error", ""]), "engine: exec format error");
  });
  it("says nothing where nothing was said", () => assert.equal(tellingLine(["", "  }"]), undefined));
});

describe("validateRequest", () => {
  const good: InfillParams = {
    id: 1,
    steps: false,
    request: { prefix: "", suffix: "", region: "line", languageId: "python", maxTokens: 1, sampler: "confidence" },
  };
  it("accepts what the contract allows", () => {
    validateRequest(good);
    validateRequest({ ...good, deadlineMs: 0, request: { ...good.request, blockSize: 32, threshold: 1, maxTokens: 4_096 } });
    validateRequest({ ...good, request: { ...good.request, sampler: "verified", blockSize: 0 } });
  });
  for (const [field, value] of [
    ["prefix", 7],
    ["suffix", undefined],
    ["languageId", null],
    ["region", "page"],
    ["sampler", "greedy"],
    ["maxTokens", 0],
    ["maxTokens", 1.5],
    ["maxTokens", 1e9],
    ["blockSize", 33],
    ["blockSize", 0],
    ["threshold", 0],
    ["threshold", 1.01],
    ["threshold", Number.NaN],
  ] as const)
    it(`refuses ${field} ${value}, and names it`, () => {
      const params = { ...good, request: { ...good.request, [field]: value } } as InfillParams;
      assert.throws(
        () => validateRequest(params),
        (error) => error instanceof EngineError && error.failure.kind === "badRequest" && error.failure.detail.startsWith(field),
      );
    });
  it("refuses where there is no request, and a deadline that is no number", () => {
    assert.throws(() => validateRequest({ ...good, request: null as never }), /request is missing/);
    assert.throws(() => validateRequest({ ...good, deadlineMs: Number.NaN }), /deadlineMs/);
  });
  it("accepts the heads of branches, and refuses too many, too long ones, none, empty ones and what is no text", () => {
    validateBranches({ ...good, heads: ["a"] });
    validateBranches({ ...good, heads: Array<string>(8).fill("\n") });
    for (const heads of [
      [],
      [""],
      ["a", ""],
      Array<string>(9).fill("a"),
      ["a".repeat(65_537)],
      ["a", 7],
      "a",
      null,
      undefined,
      { length: 1 },
    ])
      assert.throws(() => validateBranches({ ...good, heads: heads as never }), /heads must be 1 to 8/);
    assert.throws(() => validateBranches({ ...good, deadlineMs: Number.NaN, heads: ["a"] }), /deadlineMs/);
  });
});
