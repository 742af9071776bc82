import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Infill } from "../../../src/backends/infiller";
import { emptyInfill } from "../../../src/engine/emptyInfill";
import { settleInTime, type InTime } from "../../../src/engine/settleInTime";

const never = new Promise<Infill>(() => undefined);

describe("settleInTime", () => {
  let aborts: number;
  beforeEach(() => {
    aborts = 0;
  });
  const options = (more: Partial<InTime<Infill>> = {}): InTime<Infill> => ({
    graceMs: 30,
    abort: () => (aborts += 1),
    empty: (ended) => emptyInfill(ended, "m", 0),
    ...more,
  });

  it("gives the answer, and leaves neither timer nor listener", async () => {
    const { signal } = new AbortController();
    const answer = emptyInfill("aborted", "answer", 1);
    assert.equal(await settleInTime(Promise.resolve(answer), options({ signal, deadlineMs: 10 })), answer);
    await sleep(60);
    assert.equal(getEventListeners(signal, "abort").length, 0);
    assert.equal(aborts, 0);
  });

  it("waits a grace after the deadline, tells the engine, and is empty", async () => {
    const startMs = performance.now();
    const settled = settleInTime(never, options({ deadlineMs: 20 }));
    void sleep(25).then(() => assert.equal(aborts, 0));
    assert.equal((await settled).ended, "deadline");
    assert.equal(aborts, 1);
    assert.ok(performance.now() - startMs >= 48);
  });

  it("tells the engine of an abort at once, and waits a grace for its best so far", async () => {
    const controller = new AbortController();
    let give: (infill: Infill) => void = () => undefined;
    const answer = new Promise<Infill>((resolve) => (give = resolve));
    const settled = settleInTime(answer, options({ signal: controller.signal }));
    controller.abort();
    assert.equal(aborts, 1);
    await sleep(5);
    give(emptyInfill("aborted", "best so far", 0));
    assert.equal((await settled).model, "best so far");
  });

  it("is empty where the aborted answer never comes", async () => {
    const controller = new AbortController();
    const settled = settleInTime(never, options({ signal: controller.signal }));
    controller.abort();
    assert.deepEqual(await settled, emptyInfill("aborted", "m", 0));
  });

  it("rejects as the answer does", async () => {
    await assert.rejects(settleInTime(Promise.reject(new Error("no")), options({ deadlineMs: 5 })), /no/);
  });
});
