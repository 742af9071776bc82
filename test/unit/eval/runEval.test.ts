import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Entry } from "../../eval/attempt";
import { commandEnd } from "../../eval/commandEnd";
import { EvalError, type EvalFailure } from "../../eval/evalError";
import { readEvalFile, type SetSettings } from "../../eval/evalFile";
import { EvalKeeper } from "../../eval/evalKeeper";
import { runEval, type Run } from "../../eval/runEval";
import { attempt, JUDGES, NEVER, PROBLEMS } from "./sampleAttempts";

const SET: SetSettings = { data: "a.jsonl", dataSha256: "ab", problems: PROBLEMS.length, maxTokens: 96, withProject: false };
const DIED: EvalFailure = { kind: "contestantDied", name: "a", problem: "2", detail: "killed" };

describe("a run of the evaluation", () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "unmask-run-"));
    file = path.join(folder, "eval.json");
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  /** Answers with these, in order; dies where there is none. */
  class Scripted implements Entry {
    starts = 0;
    stops = 0;
    constructor(
      private readonly answers: string[],
      readonly name = "a",
      readonly settings: Entry["settings"] = { sampler: "verified" },
    ) {}

    start() {
      this.starts++;
      return Promise.resolve({
        attempt: () => {
          const text = this.answers.shift();
          return text === undefined ? Promise.reject(new EvalError(DIED)) : Promise.resolve(attempt(text));
        },
        stop: () => Promise.resolve(void this.stops++),
      });
    }
  }

  const run = async (entries: readonly Entry[], more: Partial<Run> = {}, set = SET): Promise<EvalKeeper> => {
    const keeper = await EvalKeeper.open(file, set);
    const machine = () => ({ processor: "a" });
    await runEval(entries, { problems: PROBLEMS, keeper, judges: JUDGES, machine, signal: NEVER, onProgress: () => undefined, ...more });
    return keeper;
  };
  const failsAs = (kind: EvalFailure["kind"]) => (error: unknown) => error instanceof EvalError && error.failure.kind === kind;
  const kept = async () => (await readEvalFile(file))!.contestants;

  it("keeps every attempt with its ids and verdicts, the settings, and the figures", async () => {
    await run([new Scripted(["1", "let b;"])]);
    const [contestant] = await kept();
    assert.deepEqual(contestant!.settings, { sampler: "verified" });
    assert.deepEqual(contestant!.machine, { processor: "a" });
    assert.deepEqual(
      contestant!.attempts.map(({ id, canvas, ids, text, verdicts }) => [id, canvas, ids, text, verdicts!.whole.isExact]),
      [
        ["1", [1, 2, 3], [4, 5], "1", true],
        ["2", [1, 2, 3], [4, 5], "let b;", true],
      ],
    );
    assert.equal(contestant!.result!.cuts.whole.exactRate!.value, 1);
    assert.equal(contestant!.result!.cuts.whole.passRate!.value, 1);
  });

  it("keeps what a dead contestant had answered, ends it, and goes on from there", async () => {
    const dying = new Scripted(["1"]);
    await assert.rejects(run([dying]), failsAs("contestantDied"));
    assert.equal(dying.stops, 1);
    assert.deepEqual(
      (await kept())[0]!.attempts.map(({ id }) => id),
      ["1"],
    );
    await run([new Scripted(["let b;"])]);
    assert.equal((await kept())[0]!.result!.cuts.whole.exactRate!.value, 1);
  });

  it("starts nobody who has answered everything, and judges what was not judged", async () => {
    const broken = { ...JUDGES, passesTests: () => Promise.reject(new EvalError({ kind: "noPython", detail: "ENOENT" })) };
    await assert.rejects(run([new Scripted(["1", "let b;"])], { judges: broken }), failsAs("noPython"));
    const again = new Scripted([]);
    await run([again]);
    assert.equal(again.starts, 0);
    assert.equal((await kept())[0]!.result!.cuts.whole.passRate!.value, 1);
  });

  it("adds contestants to a file, each with the figures that it would have alone", async () => {
    await run([new Scripted(["1", "let b;"])]);
    const [alone] = await kept();
    fs.rmSync(file);
    await run([new Scripted(["1", "x"], "b")]);
    await run([new Scripted(["1", "let b;"])]);
    const [first, second] = await kept();
    assert.equal(first!.result!.cuts.whole.exactRate!.value, 0.5);
    assert.deepEqual(second!.result, alone!.result);
  });

  it("refuses a file of another set, and a contestant of other settings, and says what differs", async () => {
    await run([new Scripted(["1", "x"])]);
    await assert.rejects(run([new Scripted([])], {}, { ...SET, maxTokens: 10 }), /maxTokens: 96, now 10/);
    await assert.rejects(run([new Scripted([], "a", { sampler: "confidence" })]), /a: sampler: verified, now confidence/);
    await assert.rejects(run([new Scripted([], "a", { sampler: "verified", threads: 1 })]), failsAs("otherSettings"));
  });

  it("refuses a file that is something else, and leaves it", async () => {
    for (const text of ["{", "[]", "null", '{"version":2}']) {
      fs.writeFileSync(file, text);
      await assert.rejects(run([new Scripted([])]), failsAs("badResult"), text);
      assert.equal(fs.readFileSync(file, "utf8"), text);
    }
  });

  it("refuses a file whose answers are to other problems", async () => {
    await run([new Scripted(["1", "x"])]);
    const parts = { problems: [...PROBLEMS].reverse() };
    await assert.rejects(run([new Scripted([])], parts), /answer of a to 1 out of order/);
  });

  it("leaves the file as it was where it can't be written", async () => {
    await run([new Scripted(["1", "x"])]);
    const before = fs.readFileSync(file, "utf8");
    // A folder in the temporary file's place fails as a full disk does, for root too.
    fs.mkdirSync(`${file}.${process.pid}.tmp`);
    await assert.rejects(run([new Scripted(["1", "y"], "b")]), failsAs("notWritten"));
    assert.equal(fs.readFileSync(file, "utf8"), before);
  });

  it("tells an interruption, not that who was starting did not", async () => {
    const stop = new AbortController();
    const interrupted = new EvalError({ kind: "interrupted", file });
    const start = () => {
      stop.abort(interrupted);
      return Promise.reject(new EvalError({ kind: "noPeer", folder, detail: "killed" }));
    };
    await assert.rejects(run([{ name: "a", settings: {}, start }], { signal: stop.signal }), interrupted);
  });

  it("tells that an interrupted run's answers can't be written, not that it goes on from them", async () => {
    const stop = new AbortController();
    const stopped = new Scripted(["1", "x"]);
    const onProgress = () => stop.abort(new EvalError({ kind: "interrupted", file }));
    fs.mkdirSync(`${file}.${process.pid}.tmp`);
    const error: unknown = await run([stopped], { signal: stop.signal, onProgress }).catch((reason: unknown) => reason);
    const { shown, exitCode } = commandEnd(error, stop.signal);
    assert.match(String(shown), /eval\.json can't be written/);
    assert.equal(exitCode, 1);
  });

  it("runs without a file, too", async () => {
    const keeper = await EvalKeeper.open(undefined, SET);
    const machine = () => ({});
    const parts = { problems: PROBLEMS, keeper, judges: JUDGES, machine, signal: NEVER, onProgress: () => undefined };
    await runEval([new Scripted(["1", "x"])], parts);
    assert.equal(keeper.contestants[0]!.result!.cuts.whole.exactRate!.value, 0.5);
    assert.deepEqual(fs.readdirSync(folder), []);
  });
});
