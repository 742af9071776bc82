import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EngineError } from "../../../src/backends/engineError";
import { EngineClient } from "../../../src/engine/client";
import { PREPARED_FILE, WEIGHTS_FILE } from "../../../src/model/preparedModel";
import { loadRuntime } from "../../../src/model/runtime/loadRuntime";
import { loadNodeRuntime } from "../../../src/model/runtime/loadNodeRuntime";
import { loadWebRuntime } from "../../../src/model/runtime/loadWebRuntime";
import type { LoadOneRuntime, Runtime } from "../../../src/model/runtime/runtime";
import { Session } from "../../../src/model/session";
import { NODE_ARGUMENTS, request, STARTING_MS } from "../process/support";
import { relativeError } from "./reference";
import { prepareTiny, TINY, type Prepared } from "./tinyModels";

const MISSING = "Cannot find module '../bin/napi-v6/darwin/x64/onnxruntime_binding.node'";
const missing = () => Promise.reject(new Error(`${MISSING}\nRequire stack:\n- binding.js`));
const OPTIONS = { threads: 1 };

const wontStart =
  (detail: RegExp) =>
  (error: unknown): boolean => {
    assert.ok(error instanceof EngineError, String(error));
    assert.equal(error.failure.kind, "engineWontStart");
    assert.match(error.message, detail);
    return true;
  };

describe("the choice of a runtime", function () {
  this.timeout(60_000);
  // An empty word forces none, whatever the environment says.
  const choose = (loaders: Partial<Record<"node" | "web", LoadOneRuntime>>, forced = "") =>
    loadRuntime(OPTIONS, { forced, loaders: { node: loadNodeRuntime, web: loadWebRuntime, ...loaders } });

  it("is the native one where it loads", async () => {
    const { runtime, inUse } = await choose({ web: missing });
    assert.deepEqual([runtime.name, inUse.name, inUse.insteadOfNative], ["onnxruntime-node", "onnxruntime-node", undefined]);
  });

  it("falls to WebAssembly where the native library is missing, and says why", async () => {
    const { runtime, inUse } = await choose({ node: missing });
    assert.equal(runtime.name, "onnxruntime-web");
    assert.deepEqual(inUse, { name: "onnxruntime-web", insteadOfNative: MISSING });
  });

  it("falls to WebAssembly where the native library loads and does not compute", async () => {
    const broken = async (): Promise<Runtime> => ({
      ...(await loadNodeRuntime(OPTIONS)),
      openBytes: () => Promise.reject(new Error("External buffers are not allowed")),
    });
    const { inUse } = await choose({ node: broken });
    assert.deepEqual(inUse, { name: "onnxruntime-web", insteadOfNative: "External buffers are not allowed" });
  });

  it("fails with what was wrong with the first where neither loads", async () => {
    const nor = () => Promise.reject(new Error("no WebAssembly"));
    await assert.rejects(
      choose({ node: missing, web: nor }),
      wontStart(/onnxruntime-node cannot be used: Cannot find module .* no WebAssembly/),
    );
  });

  it("is the forced one, and no other where that fails", async () => {
    assert.deepEqual((await choose({}, "web")).inUse, { name: "onnxruntime-web" });
    assert.equal((await choose({}, "node")).inUse.name, "onnxruntime-node");
    await assert.rejects(choose({ node: missing }, "node"), wontStart(/UNMASK_RUNTIME is "node".*Cannot find module/));
    await assert.rejects(choose({}, "gpu"), wontStart(/UNMASK_RUNTIME is "gpu"/));
  });
});

describe("both runtimes", function () {
  this.timeout(60_000);
  const TEXT = [TINY.prefix, 71, 262, 300, 411, TINY.suffix, 12, 587, TINY.middle, 256];

  async function logits({ directory, model }: Prepared, runtime: string): Promise<Float32Array[]> {
    const session = await Session.open(directory, model, { threads: 1, runtime });
    try {
      await session.forward(TEXT.slice(0, 5), [], []);
      const rows = await session.forward(TEXT.slice(5), [TINY.mask, TINY.mask], [0, 4, 5, 6]);
      return rows.map((row) => row.slice());
    } finally {
      await session.dispose();
    }
  }

  for (const [precision, most] of [
    ["float32", 1e-4],
    ["int8", 1e-2],
  ] as const)
    it(`give the same logits, ${precision}: within ${most}`, async () => {
      const prepared = await prepareTiny("tiny-qwen2", { precision });
      try {
        const error = relativeError(await logits(prepared, "web"), await logits(prepared, "node"));
        assert.ok(error <= most, `relative error ${error}`);
      } finally {
        await prepared.remove();
      }
    });

  it("call a prepared model damaged whose weights are too short", async () => {
    const prepared = await prepareTiny("tiny-qwen2");
    try {
      await writeFile(join(prepared.directory, WEIGHTS_FILE), "short");
      for (const runtime of ["node", "web"])
        await assert.rejects(
          Session.open(prepared.directory, prepared.model, { threads: 1, runtime }),
          (error: unknown) => error instanceof EngineError && error.failure.kind === "modelDamaged",
          runtime,
        );
    } finally {
      await prepared.remove();
    }
  });
});

describe("the engine's process on onnxruntime-web", function () {
  this.timeout(3 * STARTING_MS);
  let prepared: Prepared;
  const earlier = process.env["UNMASK_RUNTIME"];
  before(async () => {
    prepared = await prepareTiny("tiny-qwen2");
    await writeFile(join(prepared.directory, PREPARED_FILE), JSON.stringify(prepared.model));
    process.env["UNMASK_RUNTIME"] = "web";
  });
  after(async () => {
    if (earlier === undefined) delete process.env["UNMASK_RUNTIME"];
    else process.env["UNMASK_RUNTIME"] = earlier;
    await prepared.remove();
  });

  for (const threads of [1, 2])
    it(`answers an infill on ${threads} thread${threads === 1 ? "" : "s"}, says what it runs on, and ends in order`, async () => {
      const logs: string[] = [];
      const entry = require.resolve("../../../src/engine/server.ts");
      const onLog = (line: string): void => void logs.push(line);
      const client = new EngineClient({ entry, nodeArguments: NODE_ARGUMENTS, modelDirectory: prepared.directory, threads, onLog });
      try {
        const { runtime } = await client.start();
        assert.deepEqual(runtime, { name: "onnxruntime-web" });
        const infill = await client.infill(request({ prefix: "def add(a, b):\n    return ", suffix: "\n", maxTokens: 8 }));
        assert.ok(infill.passes > 0);
        assert.ok(infill.tokens.length > 0 || infill.ended === "end", infill.ended);
      } finally {
        await client.dispose();
      }
      assert.equal(await client.ended, undefined);
      const said = logs.filter((line) => line.startsWith("The engine has loaded"));
      assert.match(said.join("\n"), new RegExp(`^.* tiny-qwen2 in \\d+ ms and computes with onnxruntime-web on ${threads} threads?\\.$`));
    });
});
