import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { SettledOffer } from "../../../src/usage/offer";
import { addDays, type UsageDays } from "../../../src/usage/usageDays";
import { formatUsage, parseUsage } from "../../../src/usage/usageFormat";
import { UsageStore } from "../../../src/usage/usageStore";
import { offerOf } from "./offerOf";

const TODAY = "2026-11-27";
const SECRET = "const password = 1;";

describe("UsageStore", () => {
  let folder: string;
  let directory: string;
  let today: Date;
  let log: string[];
  let timers: { ms: number; run: () => void; isCancelled: boolean }[];
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "unmask-usage-"));
    directory = path.join(folder, "storage");
    today = new Date(2026, 10, 27, 12);
    log = [];
    timers = [];
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const open = (): UsageStore =>
    new UsageStore({
      directory,
      now: () => today,
      after: (ms, run) => {
        const timer = { ms, run, isCancelled: false };
        timers.push(timer);
        return () => (timer.isCancelled = true);
      },
      onLog: (line) => log.push(line),
    });
  const accepted = (chars = 9, languageId = "python"): SettledOffer => ({
    offer: offerOf({ languageId, text: SECRET, documentKey: "file:///secret/place.py" }),
    ...{ fate: "accepted", acceptedChars: chars, typedChars: 1, shownMs: 700, isAlternative: false },
  });
  const kept = async (store: UsageStore): Promise<UsageDays | undefined> => parseUsage(await readFile(store.file, "utf8"));
  const chars = (days: UsageDays | undefined, day = TODAY, languageId = "python"): number | undefined =>
    days?.[day]?.[languageId]?.acceptedChars;

  it("has nothing, and writes nothing, before the first offer", async () => {
    const store = open();
    assert.deepEqual(await store.read(), {});
    await store.dispose();
    assert.deepEqual(await readdir(folder), []);
  });

  it("adds up by day and language, and another window reads it", async () => {
    const store = open();
    store.add(accepted());
    store.add(accepted(5));
    store.add(accepted(3, "go"));
    today = new Date(2026, 10, 28, 0, 1);
    store.add(accepted(2));
    await store.flush();
    const days = await open().read();
    assert.deepEqual([chars(days), chars(days, TODAY, "go"), chars(days, "2026-11-28")], [14, 3, 2]);
    assert.equal(days[TODAY]!["python"]!.fates.accepted, 2);
  });

  it("keeps no text, and no name of a file", async () => {
    const store = open();
    store.add(accepted());
    await store.flush();
    const text = await readFile(store.file, "utf8");
    assert.doesNotMatch(text, /password|secret/);
  });

  it("writes many offers at once, some seconds after the first", async () => {
    const store = open();
    for (let count = 0; count < 20; count++) store.add(accepted(1));
    assert.equal(timers.length, 1);
    assert.ok(timers[0]!.ms >= 1_000);
    await store.flush();
    assert.equal(timers[0]!.isCancelled, true);
    store.add(accepted(1));
    assert.equal(timers.length, 2);
    await store.dispose();
    assert.equal(chars(await kept(store)), 21);
    assert.ok(timers.every(({ isCancelled }) => isCancelled));
  });

  it("loses nothing where several windows write at once", async () => {
    const stores = Array.from({ length: 5 }, open);
    for (let round = 0; round < 4; round++) {
      for (const store of stores) store.add(accepted(1));
      await Promise.all(stores.map((store) => store.flush()));
    }
    assert.equal(chars(await kept(stores[0]!)), 20);
    assert.deepEqual(await readdir(directory), ["statistics.json"]);
    assert.deepEqual(log, []);
  });

  for (const [title, text] of [
    ["cut off", '{"version":1,"days":{"2026-'],
    ["empty", ""],
    ["another program's", '{"statistics": [1, 2, 3]}'],
    ["a newer version's", '{"version":2,"days":{}}'],
  ] as const) {
    it(`begins anew where the file is ${title}, keeps that aside, and says so once`, async () => {
      await mkdir(directory);
      const store = open();
      await writeFile(store.file, text);
      store.add(accepted());
      await store.flush();
      store.add(accepted());
      await store.flush();
      assert.equal(chars(await kept(store)), 18);
      assert.equal(await readFile(`${store.file}.broken`, "utf8"), text);
      assert.equal(log.length, 1);
    });
  }

  it("keeps what can't be written, says so once, and writes it when it can", async () => {
    // A file stands where the folder should be: that fails as a full disk does, for root too.
    await writeFile(directory, "");
    const store = open();
    for (let count = 0; count < 3; count++) {
      store.add(accepted(1));
      await store.flush();
    }
    assert.equal(log.length, 1);
    assert.match(log[0]!, /can't write/);
    assert.equal(chars(await store.read()), 3);
    await rm(directory);
    store.add(accepted(1));
    await store.flush();
    assert.equal(chars(await kept(store)), 4);
  });

  it("drops what is older than 400 days when it writes", async () => {
    const store = open();
    store.add(accepted());
    await store.flush();
    today = new Date(2028, 0, 1);
    store.add(accepted(2));
    await store.flush();
    assert.deepEqual(Object.keys((await kept(store))!), ["2028-01-01"]);
  });

  it("forgets everything when it is told to, also what was not written yet, and counts on", async () => {
    const store = open();
    store.add(accepted());
    await store.flush();
    store.add(accepted(100));
    await store.delete();
    assert.deepEqual(await store.read(), {});
    store.add(accepted(2));
    assert.equal(chars(await store.read()), 2);
  });

  it("takes over from a window that died while it wrote", async () => {
    const store = open();
    await mkdir(directory);
    await writeFile(`${store.file}.lock`, "");
    store.add(accepted());
    await store.flush();
    assert.equal(chars(await kept(store)), 9);
  });

  it("adds to what an earlier session has written", async () => {
    const first = open();
    first.add(accepted());
    await first.dispose();
    const before = (await kept(first))!;
    const second = open();
    second.add(accepted());
    await second.dispose();
    assert.equal(await readFile(second.file, "utf8"), formatUsage(addDays(before, before)));
  });
});
