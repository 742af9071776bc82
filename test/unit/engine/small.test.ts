import assert from "node:assert/strict";
import { EngineError } from "../../../src/backends/engineError";
import { chooseThreads } from "../../../src/engine/chooseThreads";
import type { InfillParams } from "../../../src/engine/protocol";
import { tellingLine } from "../../../src/engine/tellingLine";
import { validateRequest } from "../../../src/engine/validateRequest";

describe("chooseThreads", () => {
  it("takes what was asked for", () => assert.equal(chooseThreads(3, 16), 3));
  it("takes all of a small machine, half of a large one, never more than eight", () => {
    assert.deepEqual(
      [1, 2, 4, 8, 12, 64].map((processors) => chooseThreads(0, processors, () => undefined)),
      [1, 2, 4, 4, 6, 8],
    );
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
});
