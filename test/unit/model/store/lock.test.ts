import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { lstat, mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { LockTiming } from "../../../../src/model/store/lockTiming";
import { pidSpace } from "../../../../src/model/store/pidSpace";
import { StoreError } from "../../../../src/model/store/storeError";
import { withStoreLock, type AssertHeld } from "../../../../src/model/store/storeLock";

const YEAR_MS = 365 * 24 * 60 * 60_000;

describe("the store's lock", () => {
  const impatient: LockTiming = { pollMs: 5, heartbeatMs: 20, abandonedMs: 5_000, unreadableMs: 60, mostWaitMs: 200 };
  /** nobody gives up: a busy machine takes its time */
  const patient: LockTiming = { ...impatient, abandonedMs: 120, mostWaitMs: 15_000 };
  const never = new AbortController().signal;
  let folder: string;
  let lock: string;
  let gone: number;
  before(async () => {
    const child = spawn(process.execPath, ["-e", ""]);
    await once(child, "close");
    gone = child.pid!;
  });
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "unmask-lock-"));
    lock = path.join(folder, "lock");
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const hold = <T>(body: (assertHeld: AssertHeld) => Promise<T>, timing = impatient) =>
    withStoreLock(lock, timing, never, () => undefined, body);
  const seven = () => Promise.resolve(7);
  const staysHeld = () => assert.rejects(hold(seven), (error) => error instanceof StoreError && error.failure.kind === "locked");
  const writeLock = (pid: number, host = pidSpace()) => writeFile(lock, JSON.stringify({ pid, host, token: "another's" }));

  /** Runs so many at once. @returns how many were inside at a time, at most */
  async function crowd(count: number, insideMs: number, timing: LockTiming): Promise<number> {
    let inside = 0;
    let most = 0;
    const enter = async () => {
      most = Math.max(most, ++inside);
      await sleep(insideMs);
      inside--;
    };
    await Promise.all(Array.from({ length: count }, () => hold(enter, timing)));
    return most;
  }

  it("lets one in at a time, however many want it", async () => {
    assert.equal(await crowd(8, 5, { ...patient, abandonedMs: 30_000 }), 1);
    assert.deepEqual(await readdir(folder), []);
  });

  it("opens again when its holder fails", async () => {
    await assert.rejects(
      hold(() => Promise.reject(new Error("mine"))),
      /mine/,
    );
    assert.equal(await hold(seven), 7);
  });

  it("is reported with its holder's process id when it stays held", () =>
    hold(() =>
      assert.rejects(
        hold(seven),
        (error) => error instanceof StoreError && error.failure.kind === "locked" && error.failure.pid === process.pid,
      ),
    ));

  it("is kept by its heartbeat for longer than an abandoned one lasts", () =>
    hold(() => assert.rejects(hold(seven, { ...impatient, abandonedMs: 150, mostWaitMs: 450 }), (error) => error instanceof StoreError)));

  for (const [whose, write] of [
    ["of another host", () => writeLock(gone, "elsewhere")],
    ["of a process id that another process has by now", () => writeLock(process.ppid)],
  ] as const)
    it(`${whose}, is taken over once it was watched for long without a heartbeat, whatever the clock says`, async () => {
      for (const aheadMs of [-YEAR_MS, 0, YEAR_MS]) {
        await write();
        const set = new Date(Date.now() + aheadMs);
        await utimes(lock, set, set);
        await staysHeld();
        assert.equal(await hold(seven, patient), 7);
      }
    });

  it("whose heartbeat's clock jumps back and forth is held all the same", async () => {
    await writeLock(process.ppid);
    let beats = 0;
    const jumping = setInterval(() => {
      const set = new Date(Date.now() + (beats++ % 2 === 0 ? YEAR_MS : -YEAR_MS) + beats * 1_000);
      void utimes(lock, set, set);
    }, 10);
    try {
      await assert.rejects(hold(seven, { ...patient, mostWaitMs: 600 }), (error) => error instanceof StoreError);
      assert.ok(beats > 5, `${beats} beats`);
    } finally {
      clearInterval(jumping);
    }
  });

  it("that an earlier process left which had our process id is taken over at once", async () => {
    await writeLock(process.pid);
    assert.equal(await hold(seven), 7);
  });

  it("that a crash left empty is taken over", async () => {
    await writeFile(lock, "");
    assert.equal(await hold(seven), 7);
  });

  it("with a folder, a link to nowhere or a link to itself in its place is freed of it", async () => {
    for (const put of [
      () => mkdir(path.join(lock, "inside"), { recursive: true }),
      () => symlink(path.join(folder, "nowhere"), lock),
      () => symlink(lock, lock),
    ]) {
      await put();
      assert.equal(await hold(seven, patient), 7);
      await assert.rejects(lstat(lock), { code: "ENOENT" });
    }
  });

  it("abandoned, goes to one of many that want it at once", async () => {
    for (let round = 0; round < 20; round++) {
      await writeLock(gone);
      assert.equal(await crowd(6, 1, { ...patient, abandonedMs: 30_000 }), 1);
    }
  });

  it("abandoned, is taken over even where one was killed while it took it over", async () => {
    await writeLock(gone);
    await mkdir(`${lock}.takeover`);
    assert.equal(await crowd(4, 5, { ...patient, abandonedMs: 30_000 }), 1);
    assert.deepEqual(await readdir(folder), []);
  });

  it("taken over from a holder that stood still, is waited for again, and the other's is left alone", async () => {
    const story: string[] = [];
    let other: Promise<void> | undefined;
    const result = await hold(async (assertHeld) => {
      story.push("begins");
      if (other === undefined) {
        await rm(lock);
        other = hold(async () => {
          story.push("another");
          await sleep(100);
          assert.ok((await lstat(lock)).isFile());
          story.push("another ends");
        });
        while (!story.includes("another")) await sleep(1);
      }
      await assertHeld();
      story.push("ends");
      return 7;
    }, patient);
    await other;
    assert.equal(result, 7);
    assert.deepEqual(story, ["begins", "another", "another ends", "begins", "ends"]);
  });
});
