import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { readProblems } from "../../eval/readProblems";

const HUMAN = {
  task_id: "a/1",
  entry_point: "f",
  prompt: "def f():\n",
  suffix: "\n",
  canonical_solution: "  pass",
  test: "def check(f): f()",
};
const DEV = { id: "ts/1", language: "typescript", kind: "line", source: "p-1/a.ts", prefix: "const a", suffix: ";", target: " = 1" };

describe("problems to evaluate on", () => {
  let folder: string;
  before(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), "unmask-problems-"))));
  after(() => fs.rmSync(folder, { recursive: true }));
  const file = (content: string | Buffer): string => {
    const name = path.join(folder, "problems.jsonl");
    fs.writeFileSync(name, content);
    return name;
  };
  const lines = (...all: object[]): string => all.map((one) => JSON.stringify(one)).join("\n");

  it("are read in both formats, gzipped too", () => {
    const expected = [
      {
        id: "a/1",
        language: "python",
        kind: "span",
        prefix: "def f():\n",
        suffix: "\n",
        target: "  pass",
        tests: { code: HUMAN.test, entryPoint: "f" },
      },
      { id: "ts/1", language: "typescript", kind: "line", prefix: "const a", suffix: ";", target: " = 1", path: "p-1/a.ts" },
    ];
    assert.deepEqual(readProblems(file(lines(HUMAN, DEV))), expected);
    const zipped = path.join(folder, "problems.jsonl.gz");
    fs.writeFileSync(zipped, gzipSync(`${lines(HUMAN, DEV)}\n`));
    assert.deepEqual(readProblems(zipped), expected);
  });

  it("are taken evenly where fewer are asked for", () => {
    const all = file(lines(...Array.from({ length: 10 }, (_, at) => ({ ...DEV, id: String(at) }))));
    assert.deepEqual(
      readProblems(all, 4).map(({ id }) => id),
      ["0", "2", "5", "7"],
    );
  });

  it("name the line that is cut off, or lacks something, or that there is none", () => {
    assert.throws(() => readProblems(file(`${lines(DEV)}\n{"id": "cu`)), /problems\.jsonl:2 is no JSON object/);
    assert.throws(() => readProblems(file(lines({ ...DEV, target: 1 }))), /problems\.jsonl:1 has no canonical_solution or target/);
    assert.throws(() => readProblems(file("\n")), /holds no problems/);
  });

  it("are refused where one is there twice: a run would go on at the wrong one", () =>
    assert.throws(() => readProblems(file(lines(DEV, HUMAN, DEV))), /has ts\/1 twice/));

  it("are refused where the file is missing, a folder, or a half of a gzip file", () => {
    assert.throws(() => readProblems(path.join(folder, "none.jsonl")), /can't be read \(ENOENT\)/);
    assert.throws(() => readProblems(folder), /can't be read \(EISDIR\)/);
    const half = path.join(folder, "half.jsonl.gz");
    fs.writeFileSync(half, gzipSync(lines(HUMAN)).subarray(0, 40));
    assert.throws(() => readProblems(half), /is no whole gzip file/);
    fs.writeFileSync(half, lines(HUMAN));
    assert.throws(() => readProblems(half), /is no whole gzip file/);
  });

  it("may have the line ends of Windows", () => assert.equal(readProblems(file(`${lines(DEV)}\r\n${lines(HUMAN)}\r\n`)).length, 2));
});
