import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { differingSettings, formatEvalFile, newEvalFile, readEvalFile, type KeptAttempt } from "../../eval/evalFile";
import { EvalKeeper } from "../../eval/evalKeeper";
import { attempt } from "./sampleAttempts";

const SET = { data: "a", dataSha256: "b", problems: 2, maxTokens: 96, withProject: false };
const kept = (id: string): KeptAttempt => ({ id, language: "python", kind: "span", ...attempt(id) });

describe("what an evaluation keeps", () => {
  let folder: string;
  before(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), "unmask-keeper-"))));
  after(() => fs.rmSync(folder, { recursive: true }));

  it("is read as it was written, whatever the texts hold", async () => {
    const file = path.join(folder, "format.json");
    const contestant = (name: string, ids: string[]) => ({ name, settings: { a: 1 }, machine: {}, attempts: ids.map(kept) });
    const text = fc.string({ unit: "grapheme" });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, fc.array(text))), async (all) => {
        const content = { ...newEvalFile(SET), contestants: all.map(([name, ids]) => contestant(name, ids)) };
        fs.writeFileSync(file, formatEvalFile(content));
        assert.deepEqual(await readEvalFile(file), content);
      }),
      { numRuns: 50 },
    );
  });

  it("is written at intervals, and at the end", async () => {
    const file = path.join(folder, "interval.json");
    let nowMs = 0;
    const keeper = await EvalKeeper.open(file, SET, () => nowMs);
    keeper.enter({ name: "a", settings: {} }, []);
    await keeper.keepAttempts("a", [kept("1")]);
    assert.ok(!fs.existsSync(file));
    nowMs = 6_000;
    await keeper.keepAttempts("a", [kept("1"), kept("2")]);
    assert.equal((await readEvalFile(file))!.contestants[0]!.attempts.length, 2);
    await keeper.keepAttempts("a", [kept("1"), kept("2"), kept("3")]);
    await keeper.save();
    assert.equal((await readEvalFile(file))!.contestants[0]!.attempts.length, 3);
  });

  it("is written by one at a time, and the last of those that come together is not lost", async () => {
    const file = path.join(folder, "together.json");
    let nowMs = 0;
    const keeper = await EvalKeeper.open(file, SET, () => (nowMs += 6_000));
    keeper.enter({ name: "a", settings: {} }, []);
    const attempts = Array.from({ length: 200 }, (_, at) => kept(String(at)));
    await Promise.all(attempts.map((_, at) => keeper.keepAttempts("a", attempts.slice(0, at + 1))));
    await keeper.save();
    assert.equal((await readEvalFile(file))!.contestants[0]!.attempts.length, 200);
    assert.deepEqual(
      fs.readdirSync(folder).filter((name) => name.startsWith("together")),
      ["together.json"],
    );
  });

  it("differs in a setting that is another, new or gone", () => {
    assert.deepEqual(differingSettings({ a: 1, b: "x" }, { a: 1, b: "x" }), []);
    assert.deepEqual(differingSettings({ a: 1, b: "x" }, { a: 2, c: 0 }), ["a: 1, now 2", "b: x, now undefined", "c: undefined, now 0"]);
  });
});
