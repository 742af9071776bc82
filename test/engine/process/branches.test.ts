import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { EngineError } from "../../../src/backends/engineError";
import { LocalInfiller } from "../../../src/backends/local";
import { EngineSupervisor } from "../../../src/engine/supervisor";
import { fakeClients } from "./fakeClients";
import { UNHURRIED_PASS_MS } from "./fakePasses";
import { gone, isAlive, QUICK_SILENCE, request, STARTING_MS } from "./support";

describe("branches asked of the engine's process", function () {
  this.timeout(2 * STARTING_MS);
  const { make, started } = fakeClients();

  const LONG = request({ maxTokens: 1_000 });
  const endsOf = (infills: readonly { readonly ended: string }[]) => infills.map(({ ended }) => ended);

  it("are answered by an infill each, in order", async () => {
    const client = await started();
    const infills = await client.infillBranches(request(), ["a ", "b "]);
    assert.deepEqual(
      infills.map(({ text, ended, model }) => [text, ended, model]),
      [["a t1 t2 t3 ", "length", "fake"], ["b t1 t2 t3 ", "length", "fake"]], // prettier-ignore
    );
    assert.ok(infills.every(({ times }) => times.totalMs >= times.denoiseMs));
  });

  it("take turns with infills: the newest of both kinds wins", async () => {
    const client = await started();
    // Both that follow come in the middle of its third pass.
    const running = client.infillBranches({ ...LONG, prefix: "unhurried " }, ["a", "b"]);
    await sleep(2.5 * UNHURRIED_PASS_MS);
    const displaced = client.infillBranches(LONG, ["c", "d", "e"]);
    const last = client.infill(request());
    assert.deepEqual(endsOf(await running), ["aborted", "aborted"]);
    assert.ok(
      (await running).every(({ text }) => text.includes("t1 t2 ")),
      "they give their best so far",
    );
    assert.deepEqual((await displaced).map(({ ended, passes }) => [ended, passes]), Array(3).fill(["aborted", 0])); // prettier-ignore
    assert.equal((await last).ended, "length");

    const infill = client.infill(LONG);
    await sleep(100);
    assert.deepEqual(endsOf(await client.infillBranches(request(), ["a", "b"])), ["length", "length"]);
    assert.equal((await infill).ended, "aborted");
  });

  it("resolve with the best so far when they are aborted, and with nothing where they were aborted before", async () => {
    const client = await started();
    const controller = new AbortController();
    const answer = client.infillBranches(LONG, ["a ", "b "], { signal: controller.signal });
    await sleep(150);
    controller.abort();
    const infills = await answer;
    assert.deepEqual(endsOf(infills), ["aborted", "aborted"]);
    assert.ok(infills.every(({ passes }) => passes > 0 && passes < 100));
    const never = await client.infillBranches(request({ prefix: "throw" }), ["x"], { signal: AbortSignal.abort() });
    assert.deepEqual([endsOf(never), never[0]!.passes], [["aborted"], 0]);
  });

  it("answer with the best so far when the deadline has come, whatever the engine does", async () => {
    const client = await started({ lateGraceMs: 50, shutdownGraceMs: 200 });
    const infills = await client.infillBranches(LONG, ["a", "b"], { deadlineMs: 150 });
    assert.deepEqual(endsOf(infills), ["deadline", "deadline"]);
    assert.ok(infills.every(({ passes, times }) => passes >= 1 && times.totalMs < 1_000));
    const hung = await client.infillBranches(request(), ["hang", "b"], { deadlineMs: 100 });
    assert.deepEqual(hung.map(({ ended, text }) => [ended, text]), Array(2).fill(["deadline", ""])); // prettier-ignore
    await client.dispose();
    assert.ok(!isAlive(client.pid!));
  });

  it("find an engine that hangs, and do not take long work for silence", async () => {
    const client = await started({ silence: QUICK_SILENCE });
    assert.deepEqual(endsOf(await client.infillBranches(request({ maxTokens: 50 }), ["a", "b"])), ["length", "length"]);
    await assert.rejects(client.infillBranches(request(), ["a", "hang"]), /no longer answers/);
    await gone(client.pid!, 5_000);
  });

  it("reject, and end the process, where other than as many infills come back", async () => {
    const client = await started();
    await assert.rejects(client.infillBranches(request({ prefix: "no infills" }), ["a", "b"]), /what it answered is no answer/);
    await gone(client.pid!, 5_000);
  });

  it("are refused where they are malformed, and the engine goes on", async () => {
    const client = await started();
    const refused = (error: unknown): boolean => error instanceof EngineError && error.failure.kind === "badRequest";
    for (const heads of [[], [""], Array<string>(9).fill("a"), [7], "ab"])
      await assert.rejects(client.infillBranches(request(), heads as readonly string[]), refused);
    await assert.rejects(client.infillBranches(request({ blockSize: 33 }), ["a"]), refused);
    assert.deepEqual(endsOf(await client.infillBranches(request(), ["a"])), ["length"]);
  });

  it("wait for an engine that loads, no longer than their deadline, and end an infill that waits", async () => {
    const supervisor = new EngineSupervisor({ createClient: () => make({ modelDirectory: "slow" }) });
    const infiller = new LocalInfiller(supervisor);
    try {
      const infill = infiller.infill(request());
      const late = await infiller.infillBranches(request(), ["a", "b"], { deadlineMs: 50 });
      assert.equal((await infill).ended, "aborted");
      assert.deepEqual(late.map(({ ended, passes }) => [ended, passes]), Array(2).fill(["deadline", 0])); // prettier-ignore
      const infills = await infiller.infillBranches(request(), ["a ", "b "]);
      assert.deepEqual(infills.map(({ text }) => text), ["a t1 t2 t3 ", "b t1 t2 t3 "]); // prettier-ignore
      assert.ok(infills.every(({ times }) => times.totalMs >= times.queuedMs + times.denoiseMs));
    } finally {
      await supervisor.dispose();
    }
  });
});
