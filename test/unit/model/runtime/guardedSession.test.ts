import assert from "node:assert/strict";
import type { InferenceSession } from "onnxruntime-node";
import { GuardedSession, type RunningSession } from "../../../../src/model/runtime/provider/guardedSession";
import { openOnProvider } from "../../../../src/model/runtime/provider/openOnProvider";
import type { Runtime } from "../../../../src/model/runtime/runtime";

/** Answers with its name, `failsAt` the pass of that number; notes what is done to it. */
function fakeSession(name: string, did: string[], failsAt = Infinity): InferenceSession {
  let passes = 0;
  const session: RunningSession = {
    run: () => {
      did.push(`${name} runs`);
      return ++passes >= failsAt ? Promise.reject(new Error("device lost")) : Promise.resolve({ logits: name as never });
    },
    release: () => {
      did.push(`${name} is released`);
      return failsAt === Infinity ? Promise.resolve() : Promise.reject(new Error("device lost"));
    },
    endProfiling: () => undefined,
  };
  return session as InferenceSession;
}

describe("a session on a GPU", () => {
  const open = (failsAt: number, did: string[]) =>
    new GuardedSession(
      fakeSession("gpu", did, failsAt),
      () => Promise.resolve(fakeSession("cpu", did)),
      (cause) => Promise.resolve(void did.push(`failed: ${String(cause)}`)),
    );

  it("answers as long as it can", async () => {
    const did: string[] = [];
    const session = open(Infinity, did);
    for (let i = 0; i < 3; i++) assert.deepEqual(await session.run({}), { logits: "gpu" });
    await session.release();
    assert.deepEqual(did, ["gpu runs", "gpu runs", "gpu runs", "gpu is released"]);
  });

  it("runs the pass that fails again on the CPU, says why once, and stays there", async () => {
    const did: string[] = [];
    const session = open(2, did);
    assert.deepEqual(
      [await session.run({}), await session.run({}), await session.run({})],
      [{ logits: "gpu" }, { logits: "cpu" }, { logits: "cpu" }],
    );
    await session.release();
    assert.deepEqual(did, [
      "gpu runs",
      "gpu runs",
      "failed: Error: device lost",
      "gpu is released",
      "cpu runs",
      "cpu runs",
      "cpu is released",
    ]);
  });
});

describe("a session whose CPU fails too", () => {
  it("throws what the CPU throws, and blames the GPU once", async () => {
    let blamed = 0;
    const blame = (): Promise<void> => Promise.resolve(void blamed++);
    const session = new GuardedSession(fakeSession("gpu", [], 1), () => Promise.resolve(fakeSession("cpu", [], 1)), blame);
    for (let pass = 0; pass < 2; pass++) await assert.rejects(session.run({}), /device lost/);
    assert.equal(blamed, 1);
  });
});

describe("a model on a provider", () => {
  const runtime = (name: Runtime["name"], openFolder: Runtime["openFolder"]): Runtime => ({ name, openFolder }) as Runtime;
  const causes: unknown[] = [];
  const gpu = { provider: "webgpu", onFailure: (cause: unknown) => Promise.resolve(void causes.push(cause)) };
  beforeEach(() => void (causes.length = 0));

  it("is opened on it, and on the CPU where a pass fails", async () => {
    const opened: (string | undefined)[] = [];
    const fails = runtime("onnxruntime-node", (_, provider) => {
      opened.push(provider);
      return Promise.resolve(fakeSession(provider ?? "cpu", [], provider ? 1 : Infinity));
    });
    const session = await openOnProvider(fails, "folder", gpu);
    assert.deepEqual(await session?.run({}), { logits: "cpu" });
    assert.deepEqual([opened, causes.length], [["webgpu", undefined], 1]);
  });

  it("is not opened where the provider refuses it, and the reason is told", async () => {
    const refusal = new Error("no adapter");
    assert.equal(
      await openOnProvider(
        runtime("onnxruntime-node", () => Promise.reject(refusal)),
        "folder",
        gpu,
      ),
      undefined,
    );
    assert.deepEqual(causes, [refusal]);
  });

  it("is not tried where WebAssembly computes", async () => {
    const web = runtime("onnxruntime-web", () => assert.fail("it was opened"));
    assert.equal(await openOnProvider(web, "folder", gpu), undefined);
    assert.deepEqual(causes, []);
  });
});
