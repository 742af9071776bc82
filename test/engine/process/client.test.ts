import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { EngineError, type EngineFailure } from "../../../src/backends/engineError";
import type { EngineClient } from "../../../src/engine/client";
import type { DenoisingStep } from "../../../src/backends/infiller";
import { fakeClients } from "./fakeClients";
import { gone, here, isAlive, QUICK_SILENCE, request, STARTING_MS } from "./support";

const failsWith =
  (expected: Partial<EngineFailure>) =>
  (error: unknown): boolean => {
    assert.ok(error instanceof EngineError, String(error));
    assert.deepEqual({ ...error.failure, ...expected }, error.failure);
    return true;
  };

describe("the engine's process and its client", function () {
  this.timeout(2 * STARTING_MS);
  const logs: string[] = [];
  const { make, started } = fakeClients({ onLog: (line) => logs.push(line) });
  afterEach(() => void (logs.length = 0));

  it("says at the start which model it loaded, and answers", async () => {
    const client = make();
    const { model, vocabularySize, threads } = await client.start();
    assert.deepEqual({ model, vocabularySize }, { model: "fake", vocabularySize: 7 });
    assert.ok(threads >= 1);
    const infill = await client.infill(request());
    assert.equal(infill.text, "t1 t2 t3 ");
    assert.equal(infill.ended, "length");
    assert.equal(infill.model, "fake");
    assert.ok(infill.times.totalMs >= infill.times.denoiseMs);
    assert.deepEqual((await client.status()).cachedTokens, 3);
  });

  it("keeps what native libraries print out of the channel and gives it to the log", async () => {
    await started();
    assert.ok(logs.includes("a native library prints to stdout"));
  });

  it("runs as plain node with telemetry off", async () => {
    const client = await started();
    assert.equal((await client.infill(request({ prefix: "environment" }))).text, "1 1");
  });

  it("brings the steps in order, all before the answer, and only to the call that asked", async () => {
    const client = await started();
    const steps: DenoisingStep[] = [];
    let answered = false;
    await client.infill(request({ maxTokens: 5 }), {
      onStep: (step) => {
        assert.ok(!answered);
        steps.push(step);
      },
    });
    answered = true;
    assert.deepEqual(
      steps.map((step) => [step.pass, step.cells.length]),
      [1, 2, 3, 4, 5].map((pass) => [pass, pass]),
    );
    await client.infill(request());
    assert.equal(steps.length, 5);
  });

  it("reads ahead where it may soon be asked, until it is asked", async () => {
    const client = await started();
    await client.readAhead(request({ prefix: "here" }));
    assert.equal((await client.infill(request({ prefix: "what was read ahead" }))).text, "here");
    const long = client.readAhead(request({ prefix: "long" }));
    assert.equal((await client.infill(request({ prefix: "what was read ahead" }))).text, "long");
    await long;
  });

  it("does not read ahead while it answers", async () => {
    const client = await started();
    const infill = client.infill(request({ maxTokens: 5 }));
    await client.readAhead(request({ prefix: "there" }));
    assert.equal((await infill).ended, "length", "reading ahead took the engine");
    assert.equal((await client.infill(request({ prefix: "what was read ahead" }))).text, "");
  });

  it("resolves an aborted call with the best so far", async () => {
    const client = await started();
    const controller = new AbortController();
    const answer = client.infill(request({ maxTokens: 1_000 }), {
      signal: controller.signal,
      onStep: ({ pass }) => pass === 2 && controller.abort(),
    });
    const infill = await answer;
    assert.equal(infill.ended, "aborted");
    assert.ok(infill.text.startsWith("t1 t2 "));
    assert.ok(infill.passes < 100);
  });

  it("resolves a call whose signal is aborted already, without asking the engine", async () => {
    const client = await started();
    const infill = await client.infill(request({ prefix: "throw" }), { signal: AbortSignal.abort() });
    assert.deepEqual([infill.ended, infill.text, infill.passes], ["aborted", "", 0]);
  });

  it("lets the newest of three calls win: the first gives its best so far, the second nothing", async () => {
    const client = await started();
    let calls: Promise<unknown>[] = [];
    const [first, second, third] = await new Promise<Awaited<ReturnType<EngineClient["infill"]>>[]>((resolve, reject) => {
      const one = client.infill(request({ maxTokens: 1_000 }), {
        onStep: ({ pass }) => {
          if (pass !== 2 || calls.length > 0) return;
          calls = [one, client.infill(request({ maxTokens: 1_000 })), client.infill(request())];
          Promise.all(calls as (typeof one)[]).then(resolve, reject);
        },
      });
    });
    assert.deepEqual([first?.ended, second?.ended, third?.ended], ["aborted", "aborted", "length"]);
    assert.ok(first!.text.startsWith("t1 t2 "));
    assert.equal(second!.passes, 0);
    assert.equal(third!.text, "t1 t2 t3 ");
  });

  it("answers with the best so far when the deadline has come", async () => {
    const client = await started();
    const infill = await client.infill(request({ maxTokens: 1_000 }), { deadlineMs: 150 });
    assert.equal(infill.ended, "deadline");
    assert.ok(infill.times.totalMs >= 150 && infill.times.totalMs < 1_000, `${infill.times.totalMs} ms`);
    assert.ok(infill.passes >= 1 && infill.passes <= 8);
  });

  it("does not wait for an engine that computes far beyond the deadline", async () => {
    const client = await started({ lateGraceMs: 50, shutdownGraceMs: 200 });
    const infill = await client.infill(request({ prefix: "hang" }), { deadlineMs: 100 });
    assert.deepEqual([infill.ended, infill.text], ["deadline", ""]);
    await client.dispose();
    assert.ok(!isAlive(client.pid!));
  });

  it("kills an engine that no longer answers", async () => {
    const client = await started({ silence: QUICK_SILENCE });
    await assert.rejects(client.infill(request({ prefix: "hang" })), failsWith({ kind: "engineDied", detail: "it no longer answers" }));
    await gone(client.pid!, 5_000);
  });

  it("does not mistake a long answer without steps for silence", async () => {
    const client = await started({ silence: QUICK_SILENCE });
    assert.equal((await client.infill(request({ maxTokens: 50 }))).passes, 50);
  });

  it("rejects the running call when the process is killed", async () => {
    const client = await started();
    const answer = client.infill(request({ maxTokens: 1_000 }), { onStep: () => process.kill(client.pid!, "SIGKILL") });
    await assert.rejects(answer, failsWith({ kind: "engineDied", detail: "ended by SIGKILL" }));
    await assert.rejects(client.infill(request()), failsWith({ kind: "engineDied" }));
    assert.equal((await client.ended)?.kind, "engineDied");
  });

  for (const [prefix, detail] of [
    ["garbage", /^what it sent cannot be read: /],
    ["no JSON", /^what it sent cannot be read: /],
    ["huge", /^it no longer answers$/],
    ["half", /^it no longer answers$|^what it sent cannot be read: /],
    ["no infill", /^what it answered is no answer$/],
    ["no step", /^it sent what is no denoising step$/],
    ["close", /^it closed its pipe$|Connection is closed/],
  ] as const)
    it(`rejects, and ends the process, where it does this: ${prefix}`, async () => {
      const client = await started({ silence: QUICK_SILENCE });
      await assert.rejects(client.infill(request({ prefix }), { onStep: () => undefined }), (error) => {
        assert.ok(error instanceof EngineError && error.failure.kind === "engineDied", String(error));
        assert.match(error.failure.detail, detail);
        return true;
      });
      await gone(client.pid!, 5_000);
    });

  it("finds an engine that came to stand still while nothing was asked, by the next request and before it is sent", async () => {
    const client = await started({ silence: { tickMs: 50, idleTicks: 6, factor: 6, leastTicks: 1_000, mostTicks: 1_000 } });
    await client.infill(request());
    await sleep(1_050);
    process.kill(client.pid!, "SIGSTOP");
    const startMs = performance.now();
    await assert.rejects(client.infill(request()), failsWith({ kind: "engineDied", detail: "it no longer answers" }));
    assert.ok(performance.now() - startMs < 2_000);
    await gone(client.pid!, 5_000);
  });

  it("answers after a pause as before it, and an abort that comes meanwhile is kept", async () => {
    const client = await started();
    await sleep(1_050);
    const controller = new AbortController();
    const aborted = client.infill(request({ maxTokens: 1_000 }), { signal: controller.signal });
    controller.abort();
    const { ended, passes, times } = await aborted;
    assert.deepEqual([ended, passes], ["aborted", 0]);
    assert.ok(times.totalMs < 900, "it is not the grace that ends it");
    await sleep(1_050);
    assert.equal((await client.infill(request({ maxTokens: 50 }))).passes, 50);
  });

  it("tells a defect in the engine by its message and ends the engine", async () => {
    const client = await started();
    await assert.rejects(client.infill(request({ prefix: "throw" })), failsWith({ kind: "engineDied", detail: "a defect in the model" }));
    await gone(client.pid!, 5_000);
    assert.ok(logs.some((line) => line.startsWith("TypeError: a defect in the model")));
  });

  it("refuses a malformed request and goes on", async () => {
    const client = await started();
    await assert.rejects(client.infill(request({ blockSize: 33 })), failsWith({ kind: "badRequest" }));
    assert.equal((await client.infill(request())).text, "t1 t2 t3 ");
  });

  it("says that a model is missing, and leaves no process", async () => {
    const client = make({ modelDirectory: "missing" });
    await assert.rejects(client.start(), failsWith({ kind: "modelMissing", directory: "missing" }));
    assert.ok(!isAlive(client.pid!));
  });

  it("does not start with a library that cannot be loaded, and names it", async () => {
    const detail = "libstdc++.so.6: cannot open shared object file: No such file or directory";
    await assert.rejects(make({ modelDirectory: "library" }).start(), failsWith({ kind: "engineWontStart", detail }));
  });

  it("gives up on a process that stands still while it starts", async () => {
    const client = make({ modelDirectory: "stop", initializeTimeoutMs: 1_000 });
    await assert.rejects(client.start(), failsWith({ kind: "engineWontStart", detail: "no answer within 1000 ms" }));
    assert.ok(!isAlive(client.pid!));
  });

  for (const [entry, nodeArguments, detail] of [
    ["exitsAtOnce.cjs", [], "Error: libstdc++.so.6: cannot open shared object file: No such file or directory; exit code 1"],
    ["closesThePipe.cjs", [], "it closed its pipe"],
    ["talksNonsense.cjs", [], /^what it sent cannot be read: /],
    ["there is no such file", [], /^Error: Cannot find module /],
  ] as const)
    it(`does not start where the entry is "${entry}"`, async () => {
      const client = make({ entry: here(`../../fixtures/engine/${entry}`), nodeArguments });
      await assert.rejects(client.start(), (error) => {
        assert.ok(error instanceof EngineError && error.failure.kind === "engineWontStart", String(error));
        if (typeof detail === "string") assert.equal(error.failure.detail, detail);
        else assert.match(error.failure.detail, detail);
        return true;
      });
      assert.ok(!isAlive(client.pid!));
    });

  it("ends in order, with the model closed and no process left", async () => {
    const client = await started();
    const pid = client.pid!;
    const running = client.infill(request({ maxTokens: 1_000 }), { onStep: ({ pass }) => pass === 2 && void client.dispose() });
    const infill = await running;
    assert.equal(infill.ended, "aborted");
    assert.ok(infill.text.startsWith("t1 t2 "), "the best so far is not lost");
    await client.dispose();
    assert.ok(!isAlive(pid));
    assert.ok(logs.includes("the model is closed"));
    assert.equal(await client.ended, undefined);
  });

  it("is ended by force where it does not end in order", async () => {
    const client = await started({ shutdownGraceMs: 200 });
    const hanging = client.infill(request({ prefix: "hang" }));
    await sleep(200);
    await client.dispose();
    assert.ok(!isAlive(client.pid!));
    assert.equal((await hanging).ended, "aborted");
  });

  it("can be disposed before it started", async () => {
    await make().dispose();
  });
});
