import assert from "node:assert/strict";
import type { Attempt, Contestant } from "../../eval/attempt";
import { attemptAll, judgeAll, resultOf } from "../../eval/contest";
import { evalTable } from "../../eval/evalTable";
import type { Problem } from "../../eval/problem";
import type { Judges } from "../../eval/verdict";

const PROBLEMS: readonly Problem[] = [
  { id: "1", language: "python", kind: "span", prefix: "a = ", suffix: "\n", target: "1", tests: { code: "", entryPoint: "f" } },
  { id: "2", language: "typescript", kind: "line", prefix: "", suffix: "\n", target: "let b;" },
];
const attempt = (text: string): Attempt => ({ text, passes: 2, writtenTokens: 4, ms: 10, ranOn: false });

/** A file with a "(" too many is broken; an answer passes where it is "1". */
const judges: Judges = {
  passesTests: (_, answer) => Promise.resolve(answer === "1"),
  syntaxErrors: (_, text) => Promise.resolve(text.split("(").length - 1),
};

/** Answers with these, in order. */
class Scripted implements Contestant {
  readonly name = "scripted";
  stopped = false;
  constructor(private readonly answers: string[]) {}

  attempt(): Promise<Attempt> {
    return Promise.resolve(attempt(this.answers.shift()!));
  }

  stop(): Promise<void> {
    this.stopped = true;
    return Promise.resolve();
  }
}

describe("a contest of models", () => {
  it("asks for each problem once, in order, and tells of each answer", async () => {
    const told: string[] = [];
    const attempts = await attemptAll(new Scripted(["1", "let b;"]), PROBLEMS, ({ text }) => told.push(text));
    assert.deepEqual(
      attempts.map(({ text }) => text),
      ["1", "let b;"],
    );
    assert.deepEqual(told, ["1", "let b;"]);
  });

  it("judges each cut by itself, in the problems' order", async () => {
    const outcomes = await judgeAll(PROBLEMS, [attempt("1\nprint(2)"), attempt("let b; (")], judges);
    assert.deepEqual(
      outcomes.whole.map(({ isPassed, isExact, parses }) => [isPassed, isExact, parses]),
      [
        [false, false, false],
        [undefined, false, false],
      ],
    );
    assert.deepEqual(
      outcomes.line.map(({ isPassed, isExact, parses }) => [isPassed, isExact, parses]),
      [
        [true, true, true],
        [undefined, false, false],
      ],
    );
    assert.deepEqual(
      outcomes.length.map(({ isExact }) => isExact),
      [true, true],
    );
  });

  it("gives figures by kind and language, and how much more than the first", async () => {
    const first = await judgeAll(PROBLEMS, [attempt("2"), attempt("let c;")], judges);
    const second = await judgeAll(PROBLEMS, [attempt("1"), attempt("let b;")], judges);
    const result = resultOf("second", PROBLEMS, second, first.whole);
    assert.equal(result.kinds["line"]!.exactRate!.value, 1);
    assert.equal(result.languages["python"]!.n, 1);
    assert.equal(result.moreThanFirst!.exactRate!.value, 1);
    assert.equal(resultOf("first", PROBLEMS, first).moreThanFirst, undefined);
  });

  it("passes on that the tests can't be run", async () => {
    const broken: Judges = { ...judges, passesTests: () => Promise.reject(new Error("no python3")) };
    await assert.rejects(judgeAll(PROBLEMS, [attempt(""), attempt("")], broken), /no python3/);
  });

  it("is shown as a table, a line a contestant, a dash where nothing can be said", async () => {
    const outcomes = await judgeAll(PROBLEMS.slice(1), [attempt("let b;")], judges);
    const lines = evalTable([resultOf("a", PROBLEMS.slice(1), outcomes)]).split("\n");
    assert.equal(lines.length, 3);
    const [head, , row] = lines.map((line) => line.split(" | "));
    assert.equal(row!.length, head!.length);
    assert.equal(row![1], "–");
    assert.equal(row![4], "100.0 (100.0 to 100.0)");
  });
});
