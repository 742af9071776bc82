import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { TurnFile } from "../../../src/engine/turnFile";
import { WindowTurn } from "../../../src/engine/windowTurn";

const MIN_TURN_MS = 150;

describe("the file that says whose turn it is", function () {
  let store: string;
  beforeEach(async () => (store = await mkdtemp(path.join(tmpdir(), "unmask-turn-"))));
  afterEach(() => rm(store, { recursive: true, force: true }));
  const record = { id: "a", pid: process.pid, claimedAtMs: 1 };
  const file = (pollMs = 60_000, host = "host"): TurnFile => new TurnFile(store, host, pollMs);
  const windowTurn = (more: { isStillWanted?: () => boolean } = {}): WindowTurn =>
    new WindowTurn({ file: file(), minTurnMs: MIN_TURN_MS, ...more });
  const { signal } = new AbortController();
  const until = async (holds: () => boolean): Promise<void> => {
    for (const untilMs = performance.now() + 5_000; !holds(); await sleep(5)) assert.ok(performance.now() < untilMs);
  };

  it("holds what was written last, and nobody's turn before", async () => {
    assert.equal(await file().read(), undefined);
    await file().write(record);
    await file().write({ ...record, id: "b" });
    assert.deepEqual(await file().read(), { ...record, id: "b" });
  });

  it("is another one on another machine, whatever that is called", async () => {
    await file().write(record);
    await file(0, "../other host").write({ ...record, id: "b" });
    assert.deepEqual((await file().read())?.id, "a");
    assert.deepEqual((await readdir(path.join(store, "turn"))).sort(), [".._other_host.json", "host.json"]);
  });

  it("tells of a change at once where the system does", async () => {
    await file().write(record);
    let changes = 0;
    const stop = file().watch(() => (changes += 1));
    await file().write({ ...record, id: "b" });
    await until(() => changes > 0);
    stop();
    const before = changes;
    await file().write(record);
    await sleep(50);
    assert.equal(changes, before);
  });

  it("is looked at now and then where the system does not tell", async () => {
    let looks = 0;
    // There is no folder to watch.
    const stop = file(20).watch(() => (looks += 1));
    await until(() => looks >= 2);
    stop();
    const before = looks;
    await sleep(60);
    assert.equal(looks, before);
  });

  it("takes the turn from a window once its least time is over, and tells that window once", async () => {
    const [one, two] = [windowTurn(), windowTurn()];
    let lost = 0;
    one.onLost = () => (lost += 1);
    // The turn begins when the claim is made, before it is written.
    const startMs = performance.now();
    assert.ok(await one.take(signal));
    assert.ok(await two.isElsewhere());
    assert.ok(await two.take(signal));
    assert.ok(performance.now() - startMs >= MIN_TURN_MS - 30);
    await until(() => lost > 0);
    assert.ok(await two.take(signal));
    await sleep(50);
    assert.equal(lost, 1);
    assert.ok(await one.isElsewhere());
    two.rest();
  });

  it("does not tell a window that rests", async () => {
    const [one, two] = [windowTurn(), windowTurn()];
    one.onLost = () => assert.fail("it is told");
    await one.take(signal);
    one.rest();
    await two.take(signal);
    await sleep(50);
    two.rest();
  });

  it("is not taken by a window that waited and does not want it any more, or whose wait was ended", async () => {
    const one = windowTurn();
    await one.take(signal);
    assert.equal(await windowTurn({ isStillWanted: () => false }).take(signal), false);
    await one.take(signal);
    const controller = new AbortController();
    const waiting = windowTurn().take(controller.signal);
    controller.abort();
    await assert.rejects(waiting, { name: "AbortError" });
    assert.ok(!(await one.isElsewhere()));
    one.rest();
  });

  it("is no obstacle where it cannot be read or written", async () => {
    await writeFile(path.join(store, "turn"), "a file where the folder should be");
    assert.ok(await windowTurn().take(signal));
    assert.ok(!(await windowTurn().isElsewhere()));
  });
});
