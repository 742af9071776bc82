import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Infill, Infiller, InfillRequest } from "../../../src/backends/infiller";
import { emptyInfill } from "../../../src/engine/emptyInfill";
import { rememberAnswers } from "../../replay/rememberAnswers";

describe("answers that a replay remembers", () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "unmask-answers-"))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const request = (prefix: string): InfillRequest => ({
    ...{ prefix, suffix: "", region: "line", languageId: "python", maxTokens: 8, sampler: "verified" },
  });
  /** Answers by how often it was asked. */
  function counting(ended: Infill["ended"] = "end"): Infiller & { asked: number } {
    const backend = {
      asked: 0,
      infill: () => Promise.resolve({ ...emptyInfill("deadline", "m", 0), ended, text: String(++backend.asked) }),
    };
    return backend;
  }

  it("are asked for once, in this run and the next", async () => {
    const file = join(folder, "kept");
    const backend = counting();
    const first = rememberAnswers(backend, "one", file);
    const texts = [await first.infill(request("a")), await first.infill(request("a")), await first.infill(request("b"))];
    assert.deepEqual(
      texts.map(({ text }) => text),
      ["1", "1", "2"],
    );
    assert.equal((await rememberAnswers(backend, "one", file).infill(request("b"))).text, "2");
    assert.equal((await rememberAnswers(backend, "other", file).infill(request("b"))).text, "3");
  });
  it("survive a run that was stopped while it wrote one", async () => {
    const file = join(folder, "kept");
    const backend = counting();
    await rememberAnswers(backend, "one", file).infill(request("a"));
    const whole = readFileSync(file, "utf8");
    appendFileSync(file, whole.slice(0, 20));
    assert.equal((await rememberAnswers(backend, "one", file).infill(request("a"))).text, "1");
    assert.equal(readFileSync(file, "utf8"), whole);
  });
  it("are no aborted ones", async () => {
    const backend = counting("aborted");
    const remembering = rememberAnswers(backend, "one");
    await remembering.infill(request("a"));
    assert.equal((await remembering.infill(request("a"))).text, "2");
  });
});
