import assert from "node:assert/strict";
import { commandEnd } from "../../eval/commandEnd";
import { EvalError } from "../../eval/evalError";
import { NEVER } from "./sampleAttempts";

const INTERRUPTED = AbortSignal.abort(new EvalError({ kind: "interrupted", file: "eval.json" }));
const NOT_WRITTEN = new EvalError({ kind: "notWritten", file: "eval.json", code: "ENOSPC" });

describe("the end of a program of the evaluation", () => {
  it("is the interruption, with the file that it goes on from, whoever noticed it", () => {
    const end = { shown: "Interrupted: the same command goes on from what eval.json holds.", exitCode: 130 };
    assert.deepEqual(commandEnd(INTERRUPTED.reason, INTERRUPTED), end);
    assert.deepEqual(commandEnd(new EvalError({ kind: "interrupted", file: undefined }), INTERRUPTED), end);
  });

  it("is what failed while it was interrupted: nothing is promised that was not kept", () => {
    assert.deepEqual(commandEnd(NOT_WRITTEN, INTERRUPTED), { shown: NOT_WRITTEN.message, exitCode: 1 });
    const bug = new TypeError("x is no function");
    assert.deepEqual(commandEnd(bug, INTERRUPTED), { shown: bug, exitCode: 1 });
  });

  it("is what failed where nobody interrupted it: a message that says what to do, or a stack", () => {
    assert.deepEqual(commandEnd(NOT_WRITTEN, NEVER), { shown: NOT_WRITTEN.message, exitCode: 1 });
    assert.deepEqual(commandEnd("why", NEVER), { shown: "why", exitCode: 1 });
  });
});
