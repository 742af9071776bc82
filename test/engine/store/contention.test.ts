import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { stat } from "node:fs/promises";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { FaultPlan, Operation } from "./faultPlan";
import { randomFrom } from "../../randomFrom";
import { TrialGround, type Wanting } from "./trialGround";
import type { Trial } from "./trialOptions";

const SEED = Number(process.env["UNMASK_FAULT_SEED"] ?? randomInt(2 ** 31));
/** UNMASK_ALL_FAULTS=1, as for the faults, takes longer. */
const ROUNDS = process.env["UNMASK_ALL_FAULTS"] === "1" ? 40 : 4;

// Windows knows no signals: nothing can be stopped and continued there.
(process.platform === "win32" ? describe.skip : describe)("six processes that want one model at once", function () {
  this.timeout(120_000);
  let ground: TrialGround;
  let expected: Record<string, string>;
  let started: Wanting[];
  before(async () => {
    ground = await TrialGround.open();
    const trial = await ground.trial();
    assert.deepEqual(await ground.want(trial, { journal: `${trial.home}.journal` }).ended, { kind: "ready" });
    expected = await ground.contents(trial);
  });
  after(() => ground.close());
  beforeEach(() => (started = []));
  afterEach(() => started.forEach(({ child }) => child.kill("SIGKILL")));

  function want(trial: Trial, plan: FaultPlan): Wanting {
    const wanting = ground.want(trial, plan);
    started.push(wanting);
    return wanting;
  }

  async function until(condition: () => Promise<boolean>): Promise<void> {
    while (!(await condition())) await sleep(5);
  }

  for (let round = 0; round < ROUNDS; round++) {
    const random = randomFrom(SEED + round);
    it(`two of them killed at any moment (seed ${SEED + round}): one works at a time, and all others end ready`, async () => {
      const trial = await ground.trial();
      const plan = { journal: `${trial.home}.journal` };
      for (let i = 0; i < 3; i++) ground.hub.next({ kind: "slow", chunkBytes: 30_000, everyMs: 20 + 60 * random() });
      const all = Array.from({ length: 6 }, () => want(trial, plan));
      await until(async () => (await ground.journal(plan)).length > 0);
      const killed: number[] = [];
      for (let i = 0; i < 2; i++) {
        await sleep(500 * random());
        // Half of the time whoever works: that is the moment that matters.
        const worker = (await ground.journal(plan)).findLast((operation) => operation.role === "store" && isWork(trial, operation))?.pid;
        const victims = all.filter(({ child }) => !killed.includes(child.pid!) && child.exitCode === null);
        const victim =
          victims.find(({ child }) => random() < 0.5 && child.pid === worker) ?? victims[Math.floor(random() * victims.length)];
        if (victim === undefined) break;
        victim.child.kill("SIGKILL");
        killed.push(victim.child.pid!);
        await ground.assertFinalNamesWhole(trial);
      }
      for (const { child, ended } of all) {
        const end = await ended;
        if (end === undefined) assert.ok(killed.includes(child.pid!));
        else assert.deepEqual(end, { kind: "ready" });
      }
      assert.deepEqual(await ground.contents(trial), expected);

      const operations = await ground.journal(plan);
      assertInTurn(operations.filter((operation) => operation.role === "store" && isWork(trial, operation)));
      const preparing = operations.filter(({ role, parent }) => role === "prepare" && !killed.includes(parent));
      assertInTurn(preparing);
      assert.ok(new Set(preparing.map(({ pid }) => pid)).size <= 1, "it was prepared, and then prepared again");
    });
  }

  it("one of them stopped for long while it fetches: another takes over, and the first, going on, spoils nothing", async () => {
    const trial = { ...(await ground.trial()), lockTiming: { heartbeatMs: 50, abandonedMs: 600 } };
    const plan = { journal: `${trial.home}.journal` };
    let release = () => {};
    ground.hub.next({ kind: "hold", afterBytes: 140_000, released: new Promise((resolve) => (release = resolve)) });
    const first = want(trial, plan);
    const isWriting = ({ pid, call, path: file }: Operation) => pid === first.child.pid && call === "write" && file.endsWith(".part");
    // The journal tells of a write before it is done.
    await until(async () => {
      const writes = (await ground.journal(plan)).filter(isWriting);
      return writes.length === 2 && (await stat(writes[1]!.path)).size === 131_072;
    });
    first.child.kill("SIGSTOP");
    const before = ground.hub.gets.length;
    assert.deepEqual(await want(trial, plan).ended, { kind: "ready" });
    assert.deepEqual(
      ground.hub.gets.slice(before).map(({ range }) => range),
      ["bytes=131072-"],
      "what had come is not asked for again",
    );
    release();
    first.child.kill("SIGCONT");
    assert.deepEqual(await first.ended, { kind: "ready" });
    assert.deepEqual(await ground.contents(trial), expected);
  });

  it("one of them stopped for long while it prepares: another takes over, and the first, going on, takes what that made", async () => {
    const trial = { ...(await ground.trial()), lockTiming: { heartbeatMs: 50, abandonedMs: 600 } };
    const plan = { journal: `${trial.home}.journal` };
    const first = want(trial, plan);
    await until(async () => (await ground.journal(plan)).some(({ role }) => role === "prepare"));
    first.child.kill("SIGSTOP");
    assert.deepEqual(await want(trial, plan).ended, { kind: "ready" });
    const makers = async () =>
      (await ground.journal(plan)).filter(({ call, path: file }) => call === "rename" && isPrepared(trial, file)).map(({ pid }) => pid);
    const made = await makers();
    assert.ok(made.length === 1 && made[0] !== first.child.pid, "the first was stopped too late for this test");
    first.child.kill("SIGCONT");
    assert.deepEqual(await first.ended, { kind: "ready" });
    assert.deepEqual(await makers(), made);
    assert.deepEqual(await ground.contents(trial), expected);
  });
});

const isPrepared = ({ store }: Trial, file: string) => path.dirname(file) === path.join(store, "prepared");

/** Whether an operation is one that only the lock's holder may do. */
function isWork({ store }: Trial, { call, path: file }: Operation): boolean {
  return /^(base|prepared|tmp)/.test(path.relative(store, file)) && call !== "utimes";
}

/** One process after the other, and none comes back. */
function assertInTurn(operations: readonly Operation[]): void {
  const turns = operations.map(({ pid }) => pid).filter((pid, index, all) => pid !== all[index - 1]);
  assert.equal(turns.length, new Set(turns).size, `in turn worked ${turns.join(", ")}`);
}
