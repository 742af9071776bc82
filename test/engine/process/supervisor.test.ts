import assert from "node:assert/strict";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { EngineError } from "../../../src/backends/engineError";
import { LocalInfiller } from "../../../src/backends/local";
import type { EngineClient, EngineClientOptions } from "../../../src/engine/client";
import { EngineSupervisor } from "../../../src/engine/supervisor";
import { bundled } from "./bundled";
import { FAKE_ENGINE, fakeClient, here, isAlive, request, STARTING_MS } from "./support";

const failsAs =
  (kind: string) =>
  (error: unknown): boolean => {
    assert.ok(error instanceof EngineError, String(error));
    assert.equal(error.failure.kind, kind);
    return true;
  };

describe("the engine under its supervisor", function () {
  this.timeout(2 * STARTING_MS);
  let engine: ReturnType<typeof bundled>;
  before(() => (engine = bundled(FAKE_ENGINE)));
  after(() => engine.remove());
  const limits = { maxDeaths: 3, windowMs: 60_000, firstDelayMs: 10 };
  let options: Partial<EngineClientOptions>;
  let clients: EngineClient[];
  let supervisor: EngineSupervisor;
  let infiller: LocalInfiller;
  let states: string[];

  beforeEach(() => {
    options = {};
    clients = [];
    states = [];
    supervisor = new EngineSupervisor({
      limits,
      createClient: () => {
        const client = fakeClient({ entry: engine.entry, nodeArguments: [], ...options });
        clients.push(client);
        return client;
      },
    });
    supervisor.onState(({ kind }) => states.push(kind));
    infiller = new LocalInfiller(supervisor);
  });
  afterEach(async () => {
    await supervisor.dispose();
    for (const { pid } of clients) assert.ok(pid === undefined || !isAlive(pid), "no process is left");
  });
  const killRunning = async (): Promise<void> => {
    const client = clients.at(-1)!;
    process.kill(client.pid!, "SIGKILL");
    await client.ended;
  };

  it("starts with the first request, and shows what it does", async () => {
    assert.equal(supervisor.state.kind, "stopped");
    const infill = await infiller.infill(request());
    assert.equal(infill.text, "t1 t2 t3 ");
    assert.ok(infill.times.queuedMs > 50, "loading counts as waiting");
    assert.deepEqual(states, ["loading", "ready", "thinking", "ready"]);
    assert.equal(clients.length, 1);
  });

  it("rejects the call that was being answered when it died, and answers the next", async () => {
    await supervisor.warm();
    const answer = infiller.infill(request({ maxTokens: 1_000 }), { onStep: () => process.kill(clients[0]!.pid!, "SIGKILL") });
    await assert.rejects(answer, failsAs("engineDied"));
    assert.equal((await infiller.infill(request())).text, "t1 t2 t3 ");
    assert.equal(clients.length, 2);
  });

  it("loads again already when a call that it died under rejects", async () => {
    await supervisor.warm();
    const answer = infiller.infill(request({ maxTokens: 1_000 }), { onStep: () => process.kill(clients[0]!.pid!, "SIGKILL") });
    await assert.rejects(answer);
    assert.equal(supervisor.state.kind, "loading");
  });

  it("replaces an engine that takes too much memory between two requests, without counting that as a death", async () => {
    const logs: string[] = [];
    const memory = { leastLimitBytes: 1, growthFactor: 0.5, askEveryMs: 0, restartEveryMs: 60_000 };
    supervisor = new EngineSupervisor({
      limits: { ...limits, maxDeaths: 1 },
      memory,
      onLog: (line) => logs.push(line),
      createClient: () => {
        const client = fakeClient({ entry: engine.entry, nodeArguments: [], ...options });
        clients.push(client);
        return client;
      },
    });
    infiller = new LocalInfiller(supervisor);
    assert.equal((await infiller.infill(request())).ended, "length");
    while (clients.length < 2) await sleep(10);
    assert.ok(!isAlive(clients[0]!.pid!), "the old one is gone before the new one starts");
    assert.equal((await infiller.infill(request({ maxTokens: 20 }))).passes, 20);
    assert.equal((await infiller.infill(request({ maxTokens: 20 }))).passes, 20);
    assert.equal(clients.length, 2);
    assert.equal(logs.filter((line) => /^The engine is started anew: it takes \d+ MB/.test(line)).length, 1);
  });

  it("starts again by itself after a death", async () => {
    await supervisor.warm();
    await killRunning();
    await supervisor.ready();
    assert.equal(clients.length, 2);
    assert.equal(supervisor.state.kind, "ready");
  });

  it("stays down after too many deaths, until it is restarted", async () => {
    await supervisor.warm();
    await killRunning();
    await supervisor.ready();
    await killRunning();
    await supervisor.ready();
    await killRunning();
    await assert.rejects(infiller.infill(request()), failsAs("engineKeepsDying"));
    assert.equal(clients.length, 3);
    assert.equal(supervisor.state.kind, "failed");
    await supervisor.restart();
    assert.equal((await infiller.infill(request())).text, "t1 t2 t3 ");
  });

  it("counts starts that fail as deaths", async () => {
    options = { entry: here("../../fixtures/engine/exitsAtOnce.cjs"), nodeArguments: [] };
    await assert.rejects(infiller.infill(request()), failsAs("engineWontStart"));
    await assert.rejects(infiller.infill(request()), failsAs("engineWontStart"));
    await assert.rejects(infiller.infill(request()), failsAs("engineKeepsDying"));
    await assert.rejects(infiller.infill(request()), failsAs("engineKeepsDying"));
    assert.equal(clients.length, 3);
  });

  it("does not try again where the model is missing, until it is restarted", async () => {
    options = { modelDirectory: "missing" };
    await assert.rejects(infiller.infill(request()), failsAs("modelMissing"));
    await assert.rejects(infiller.infill(request()), failsAs("modelMissing"));
    assert.equal(clients.length, 1);
    options = {};
    await supervisor.restart();
    assert.equal((await infiller.infill(request())).ended, "length");
  });

  it("resolves calls that are aborted, late or overtaken while it loads", async () => {
    options = { modelDirectory: "slow" };
    const controller = new AbortController();
    const aborted = infiller.infill(request(), { signal: controller.signal });
    controller.abort();
    assert.equal((await aborted).ended, "aborted");
    const late = await infiller.infill(request(), { deadlineMs: 20 });
    assert.deepEqual([late.ended, late.text], ["deadline", ""]);
    const overtaken = infiller.infill(request());
    const newest = infiller.infill(request());
    assert.equal((await overtaken).ended, "aborted");
    assert.equal((await newest).ended, "length");
    assert.equal(clients.length, 1);
  });

  it("can be stopped while it loads and while it answers, and starts again", async () => {
    const loading = supervisor.warm();
    const [stopped] = await Promise.allSettled([loading, supervisor.stop()]);
    assert.equal(stopped.status, "rejected");
    assert.equal(supervisor.state.kind, "stopped");
    const signal = new EventTarget();
    const answer = infiller.infill(request({ maxTokens: 1_000 }), {
      onStep: ({ pass }) => pass === 2 && signal.dispatchEvent(new Event("go")),
    });
    await once(signal, "go");
    await supervisor.stop();
    assert.equal((await answer).ended, "aborted");
    assert.equal(supervisor.state.kind, "stopped");
    assert.equal((await infiller.infill(request())).ended, "length");
  });

  it("refuses after it was disposed", async () => {
    await supervisor.dispose();
    await assert.rejects(infiller.infill(request()), failsAs("engineWontStart"));
    assert.equal(clients.length, 0);
  });
});
