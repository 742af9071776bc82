import assert from "node:assert/strict";
import { setImmediate as nextTurn } from "node:timers/promises";
import fc from "fast-check";
import { attemptAll, judgeAll, resultOf } from "../../eval/contest";
import { evalTables } from "../../eval/evalTables";
import type { KeptAttempt } from "../../eval/evalFile";
import type { Problem } from "../../eval/problem";
import type { Judges } from "../../eval/verdict";
import { attempt, JUDGES, NEVER, PROBLEMS } from "./sampleAttempts";

const forget = () => Promise.resolve();
const scripted = (answers: string[]) => ({ attempt: () => Promise.resolve(attempt(answers.shift()!)) });
const answersTo = (problems: readonly Problem[], answers: string[]): Promise<readonly KeptAttempt[]> =>
  attemptAll(scripted(answers), problems, [], forget, NEVER);
const judged = async (problems: readonly Problem[], answers: string[]) =>
  judgeAll(problems, await answersTo(problems, answers), JUDGES, forget, NEVER);

describe("a contest of models", () => {
  it("asks for each problem once, in order, and keeps after each", async () => {
    const kept: string[][] = [];
    const keep = (attempts: readonly KeptAttempt[]) => Promise.resolve(void kept.push(attempts.map(({ id, text }) => `${id} ${text}`)));
    await attemptAll(scripted(["1", "let b;"]), PROBLEMS, [], keep, NEVER);
    assert.deepEqual(kept, [["1 1"], ["1 1", "2 let b;"]]);
  });

  it("asks only for what was not answered", async () => {
    const before = await answersTo(PROBLEMS.slice(0, 1), ["1"]);
    const all = await attemptAll(scripted(["later"]), PROBLEMS, before, forget, NEVER);
    assert.deepEqual(
      all.map(({ id, text }) => [id, text]),
      [
        ["1", "1"],
        ["2", "later"],
      ],
    );
  });

  it("judges each cut by itself, in the problems' order", async () => {
    const all = await judged(PROBLEMS, ["1\nprint(2)", "let b; ("]);
    const verdicts = (cut: "whole" | "line" | "length") =>
      all.map((one) => [one.verdicts[cut].isPassed, one.verdicts[cut].isExact, one.verdicts[cut].parses]);
    assert.deepEqual(verdicts("whole"), [
      [false, false, false],
      [null, false, false],
    ]);
    assert.deepEqual(verdicts("line"), [
      [true, true, true],
      [null, false, false],
    ]);
    assert.deepEqual(verdicts("length"), [
      [true, true, true],
      [null, true, true],
    ]);
  });

  it("judges only what was not judged", async () => {
    const before = await judged(PROBLEMS, ["2", "x"]);
    const open: KeptAttempt = (await answersTo(PROBLEMS, ["2", "x"]))[1]!;
    let asked = 0;
    const counting: Judges = { ...JUDGES, syntaxErrors: () => Promise.resolve(asked++) };
    const after = await judgeAll(PROBLEMS, [before[0]!, open], counting, forget, NEVER);
    assert.deepEqual(after[0], before[0]);
    // three cuts, and each beside what stood there
    assert.equal(asked, 6);
  });

  it("gives figures by kind and language", async () => {
    const result = resultOf(await judged(PROBLEMS, ["1", "let b;"]));
    assert.equal(result.kinds["line"]!.exactRate!.value, 1);
    assert.equal(result.languages["python"]!.n, 1);
  });

  it("passes on that the tests can't be run, once all that runs has ended", async () => {
    const broken: Judges = { ...JUDGES, passesTests: () => Promise.reject(new Error("no python3")) };
    await assert.rejects(async () => judgeAll(PROBLEMS, await answersTo(PROBLEMS, ["", ""]), broken, forget, NEVER), /no python3/);
  });

  it("begins no judgement once one has failed, whichever that is", () =>
    fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 9 }), async (broken) => {
        const problems = Array.from({ length: 10 }, (_, at) => ({ ...PROBLEMS[0]!, id: String(at) }));
        const begun = new Set<string>();
        let begunBefore = Infinity;
        const passesTests = async ({ id }: Problem) => {
          begun.add(id);
          await nextTurn();
          if (id !== String(broken)) return true;
          begunBefore = begun.size;
          throw new Error("no room");
        };
        const attempts = await answersTo(problems, Array<string>(10).fill("1"));
        await assert.rejects(judgeAll(problems, attempts, { ...JUDGES, passesTests }, forget, NEVER), /no room/);
        assert.equal(begun.size, begunBefore);
      }),
      { numRuns: 20 },
    ));

  it("judges no more once it is interrupted", async () => {
    const stop = new AbortController();
    stop.abort(new Error("enough"));
    await assert.rejects(async () => judgeAll(PROBLEMS, await answersTo(PROBLEMS, ["", ""]), JUDGES, forget, stop.signal), /enough/);
  });

  it("is shown as tables, a line a contestant, without the columns that nothing can be said in", async () => {
    const untested = PROBLEMS.slice(1);
    const [quality, speed] = evalTables([{ name: "a", ...resultOf(await judged(untested, ["let b;"])) }])
      .split("\n\n")
      .map((table) => table.split("\n").map((line) => line.split("|").map((cell) => cell.trim())));
    assert.equal(quality!.length, 3);
    assert.ok(!quality![0]!.includes("pass %"));
    assert.equal(quality![2]![quality![0]!.indexOf("exact %")], "100.0 (100.0 to 100.0)");
    assert.equal(speed![2]![speed![0]!.indexOf("ms an answer")], "10 (10 to 10)");
  });
});
