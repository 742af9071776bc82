import assert from "node:assert/strict";
import { EngineError } from "../../../src/backends/engineError";
import { loadNodeRuntime } from "../../../src/model/runtime/loadNodeRuntime";
import { loadRuntime } from "../../../src/model/runtime/loadRuntime";
import { loadWebRuntime } from "../../../src/model/runtime/loadWebRuntime";
import { multipliesExactly } from "../../../src/model/runtime/multipliesExactly";
import type { Runtime, RuntimeOptions } from "../../../src/model/runtime/runtime";
import { saturatingRuntime } from "./saturatingRuntime";

const OPTIONS: RuntimeOptions = { threads: 1 };

describe("integer products", function () {
  this.timeout(60_000);
  /** exact, whatever the processor */
  let native: Runtime;
  let web: Runtime;
  before(async () => {
    native = await loadNodeRuntime({ ...OPTIONS, wideProducts: true });
    web = await loadWebRuntime(OPTIONS);
  });

  /** @param wrong what computes wrong numbers; "wide": with wide products too */
  const choose = (wrong: { node?: "fast" | "wide"; web?: "wide" }) => {
    const loader = (real: Runtime, which?: "fast" | "wide") => (options: RuntimeOptions) =>
      Promise.resolve(which === "wide" || (which === "fast" && !options.wideProducts) ? saturatingRuntime(real) : real);
    return loadRuntime(OPTIONS, { forced: "", loaders: { node: loader(native, wrong.node), web: loader(web, wrong.web) } });
  };

  it("are exact in both runtimes on this machine, natively at least the wide ones", async () => {
    assert.ok(await multipliesExactly(native));
    assert.ok(await multipliesExactly(web));
  });

  it("are found wrong where pairs of them saturate", async () => assert.equal(await multipliesExactly(saturatingRuntime(native)), false));

  it("are found wrong where a single one is off by one", async () => {
    const offByOne: Runtime = {
      ...native,
      openBytes: async (graph) => {
        const session = await native.openBytes(graph);
        return Object.assign(Object.create(session) as typeof session, {
          release: () => session.release(),
          run: async (feeds: never) => {
            const results = await session.run(feeds);
            const data = results["product"]!.data as Float32Array;
            data[data.length - 1]! += 1;
            return results;
          },
        });
      },
    };
    assert.equal(await multipliesExactly(offByOne), false);
  });

  it("are wide where the fast ones saturate, and the runtime in use says so", async () => {
    const { runtime, inUse } = await choose({ node: "fast" });
    assert.deepEqual(inUse, { name: "onnxruntime-node", wideProducts: true });
    assert.equal(await multipliesExactly(runtime), true);
  });

  it("are WebAssembly's where wide ones are wrong too", async () => {
    const { inUse } = await choose({ node: "wide" });
    assert.deepEqual(inUse, { name: "onnxruntime-web", insteadOfNative: "its int8 products are wrong on this processor" });
  });

  it("end the start with an EngineError where no runtime has right ones", async () => {
    await assert.rejects(choose({ node: "wide", web: "wide" }), (error: unknown) => {
      assert.ok(error instanceof EngineError);
      assert.equal(error.failure.kind, "engineWontStart");
      assert.match(
        error.message,
        /onnxruntime-node cannot be used: its int8 products are wrong.*nor can onnxruntime-web: its int8 products/,
      );
      return true;
    });
  });
});
