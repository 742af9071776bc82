import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { rm } from "node:fs/promises";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ensureModel } from "../../../src/model/store/ensureModel";
import type { Fault, FaultPlan, Operation } from "./faultPlan";
import { randomFrom } from "./randomFrom";
import { TrialGround } from "./trialGround";
import { trialOptions, UNREADABLE_MS } from "./trialOptions";
import type { Ended } from "./wantModel";

/** Trials of a usual run; UNMASK_ALL_FAULTS=1 runs every one. */
const SAMPLE = 80;
const AT_ONCE = 2;
const ALL = process.env["UNMASK_ALL_FAULTS"] === "1";
const SEED = Number(process.env["UNMASK_FAULT_SEED"] ?? randomInt(2 ** 31));

type Planned = NonNullable<FaultPlan["fault"]> & { readonly operation: Operation };

describe("fetching and preparing a model, with a fault at each operation on the file system", function () {
  this.timeout(ALL ? 1_200_000 : 180_000);
  let ground: TrialGround;
  before(async () => (ground = await TrialGround.open()));
  after(() => ground.close());

  it("either works or repairs itself at the next start, and no half-made file has a final name", async () => {
    const { operations, contents } = await faultless();
    const planned = operations.flatMap((operation): Planned[] =>
      faultsFor(operation).map((kind) => ({ role: operation.role, index: operation.index, kind, operation })),
    );
    const chosen = ALL ? planned : evenly(planned, SAMPLE, SEED);
    const counts = new Map<string, number>();
    const pending = [...chosen];
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let fault = pending.shift(); fault !== undefined; fault = pending.shift()) {
          const what = await survive(fault, contents).catch((cause: unknown) => {
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
  });

  /** @returns what one whole fetch, preparation and commit does, and what it leaves */
  async function faultless(): Promise<{ operations: Operation[]; contents: Record<string, string> }> {
    const trial = await ground.trial();
    await ground.putOldPrepared(trial);
    const plan = { journal: path.join(ground.root, "faultless") };
    assert.deepEqual(await ground.want(trial, plan).ended, { kind: "ready" });
    const operations = await ground.journal(plan);
    const calls = new Set(operations.map(({ role, call }) => `${role} ${call}`));
    for (const call of ["open", "write", "writeFile", "sync", "close"]) assert.ok(calls.has(`prepare ${call}`), call);
    for (const call of ["open", "write", "writeFile", "sync", "close", "mkdir", "rename", "unlink", "rmdir", "utimes"])
      assert.ok(calls.has(`store ${call}`), call);
    const contents = await ground.contents(trial);
    assert.deepEqual(
      Object.keys(contents).filter((name) => /^(tmp|lock)|\.part|-v1-/.test(name)),
      [],
    );
    return { operations, contents };
  }

  /** @returns what came of the faulty run */
  async function survive(fault: Planned, expected: Record<string, string>): Promise<string> {
    const trial = await ground.trial();
    await ground.putOldPrepared(trial);
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
});

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
