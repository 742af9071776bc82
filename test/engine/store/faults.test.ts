import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { rm } from "node:fs/promises";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ensureModel } from "../../../src/model/store/ensureModel";
import type { Fault, FaultPlan, Operation } from "./faultPlan";
import { randomFrom } from "../../randomFrom";
import { TrialGround } from "./trialGround";
import { trialOptions, UNREADABLE_MS, type Trial } from "./trialOptions";
import type { Ended } from "./wantModel";

/** Trials of a usual run, of each kind; UNMASK_ALL_FAULTS=1 runs every one. */
const SAMPLES = { first: 75, repair: 25 };
const AT_ONCE = 2;
const ALL = process.env["UNMASK_ALL_FAULTS"] === "1";
const SEED = Number(process.env["UNMASK_FAULT_SEED"] ?? randomInt(2 ** 31));

type Planned = NonNullable<FaultPlan["fault"]> & { readonly operation: Operation };

// Windows knows no signals: what is killed there only seems to end by itself.
(process.platform === "win32" ? describe.skip : describe)(
  "fetching and preparing a model, with a fault at each operation on the file system",
  function () {
    this.timeout(ALL ? 1_200_000 : 180_000);
    let ground: TrialGround;
    let expected: Record<string, string>;
    before(async () => (ground = await TrialGround.open()));
    after(() => ground.close());

    it("either works or repairs itself at the next start, and no half-made file has a final name", async () => {
      const operations = await faultless(oneOfBefore);
      const calls = new Set(operations.map(({ role, call }) => `${role} ${call}`));
      for (const call of ["open", "write", "writeFile", "sync", "close"]) assert.ok(calls.has(`prepare ${call}`), call);
      for (const call of ["open", "write", "writeFile", "sync", "close", "mkdir", "rename", "unlink", "rmdir", "utimes"])
        assert.ok(calls.has(`store ${call}`), call);
      await injectAll(operations, SAMPLES.first, oneOfBefore);
    });

    it("where the repair is what fails: the start after that still repairs all", async () => {
      const operations = await faultless(killedInPreparing);
      const untilFetched = operations.findIndex(({ role }) => role === "prepare");
      const repair = operations.slice(0, untilFetched).filter(({ role }) => role === "store");
      assert.ok(
        repair.some(({ path: file }) => file.endsWith("lock.takeover")),
        "no lock was taken over",
      );
      assert.ok(
        repair.some(({ call, path: file }) => call === "unlink" && /tmp-[^/]+\/./.test(file)),
        "nothing half-made was removed",
      );
      await injectAll(repair, SAMPLES.repair, killedInPreparing);
    });

    /** A store with a prepared folder of long ago. */
    const oneOfBefore = (trial: Trial) => ground.putOldPrepared(trial);

    /** One as a process left it that was killed, with its child, while that wrote the weights. */
    async function killedInPreparing(trial: Trial): Promise<void> {
      await oneOfBefore(trial);
      const plan = { fault: { role: "prepare", index: 20, kind: "cut" }, journal: `${trial.home}.killed` } as const;
      assert.equal(await ground.want(trial, plan).ended, undefined);
    }

    /** @returns what a whole run does from a store that is as `begin` leaves it */
    async function faultless(begin: (trial: Trial) => Promise<void>): Promise<Operation[]> {
      const trial = await ground.trial();
      await begin(trial);
      const plan = { journal: `${trial.home}.journal` };
      assert.deepEqual(await ground.want(trial, plan).ended, { kind: "ready" });
      const contents = await ground.contents(trial);
      expected ??= contents;
      assert.deepEqual(contents, expected);
      assert.deepEqual(
        Object.keys(contents).filter((name) => /^(tmp|lock)|\.part|-v1-/.test(name)),
        [],
      );
      return ground.journal(plan);
    }

    async function injectAll(operations: readonly Operation[], sample: number, begin: (trial: Trial) => Promise<void>): Promise<void> {
      const planned = operations.flatMap((operation): Planned[] =>
        faultsFor(operation).map((kind) => ({ role: operation.role, index: operation.index, kind, operation })),
      );
      const chosen = ALL ? planned : evenly(planned, sample, SEED);
      const counts = new Map<string, number>();
      const pending = [...chosen];
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          for (let fault = pending.shift(); fault !== undefined; fault = pending.shift()) {
            const what = await survive(fault, begin).catch((cause: unknown) => {
              throw new Error(`${fault.kind} at ${fault.role} ${fault.index}, ${describeOperation(fault.operation)}`, { cause });
            });
            counts.set(what, (counts.get(what) ?? 0) + 1);
          }
        }),
      );
      const outcomes = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([what, count]) => `${what} ${count}`);
      console.log(
        `      ${operations.length} operations, ${planned.length} faults, ${chosen.length} injected (seed ${SEED}): ${outcomes.join(", ")}`,
      );
    }

    /** @returns what came of the faulty run */
    async function survive(fault: Planned, begin: (trial: Trial) => Promise<void>): Promise<string> {
      const trial = await ground.trial();
      await begin(trial);
      const plan = { fault, journal: `${trial.home}.journal` };
      const ended = await ground.want(trial, plan).ended;
      const last = (await ground.journal(plan)).filter(({ role, index }) => role === fault.role && index >= fault.index);
      assert.ok(last.length > 0, "the fault was not reached");
      assertTyped(fault, ended);
      await ground.assertFinalNamesWhole(trial);
      await sleep(UNREADABLE_MS);
      assert.equal((await ensureModel(trialOptions(trial))).kind, "ready");
      assert.deepEqual(await ground.contents(trial), expected);
      await rm(path.dirname(trial.store), { recursive: true });
      return `${fault.kind}: ${ended?.kind ?? "killed"}`;
    }
  },
);

function faultsFor({ call }: Operation): Fault[] {
  return ["EIO", "ENOSPC", "kill", "cut", ...(call.startsWith("write") ? (["torn"] as const) : [])];
}

/** A fault is survived at once, or said in a sentence that fits it; never is it a defect. */
function assertTyped(fault: Planned, ended: Ended | undefined): void {
  switch (fault.kind) {
    case "EIO":
      return assert.ok(
        ended?.kind === "ready" || (ended?.kind === "fileSystem" && /\(EIO\): check the disk/.test(ended.message!)),
        say(ended),
      );
    case "ENOSPC":
      return assert.ok(ended?.kind === "ready" || (ended?.kind === "noSpace" && /is full: free/.test(ended.message!)), say(ended));
    case "kill":
    case "torn":
      if (fault.role === "store") return assert.equal(ended, undefined);
      return assert.ok(ended?.kind === "prepareFailed" && /SIGKILL/.test(ended.message!), say(ended));
    case "cut":
      return assert.equal(ended, undefined);
  }
}

const say = (ended: Ended | undefined) => `it ended with ${JSON.stringify(ended)}`;
const describeOperation = ({ call, path: file }: Operation) => `${call} of ${path.basename(file)}`;

/** So many of a list, in its order, from all of its parts: one of each of `count` equal stretches, chosen by the seed. */
function evenly<T>(list: readonly T[], count: number, seed: number): T[] {
  if (list.length <= count) return [...list];
  const random = randomFrom(seed);
  const stretch = list.length / count;
  return Array.from({ length: count }, (_, i) => list[Math.floor((i + random()) * stretch)]!);
}
