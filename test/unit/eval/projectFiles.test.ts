import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { EvalError } from "../../eval/evalError";
import { ProjectFiles } from "../../eval/projectFiles";
import { readProblems } from "../../eval/readProblems";

const DATA = path.join(__dirname, "../../eval/data");

describe("the files around a problem", () => {
  let folder: string;
  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "unmask-project-"));
    fs.mkdirSync(path.join(folder, "npm/kit-1/src"), { recursive: true });
    fs.writeFileSync(
      path.join(folder, "npm/kit-1/src/area.ts"),
      "export function areaOf(width: number): number {\n  return width * width;\n}\n",
    );
    fs.writeFileSync(path.join(folder, "npm/kit-1/src/asked.ts"), "export function areaOf(): never {\n  throw new Error();\n}\n");
  });
  after(() => fs.rmSync(folder, { recursive: true }));

  it("are those of its package that define what it names, never its own", () => {
    const text = { before: "const area = areaOf(", after: ");\n" };
    const pieces = new ProjectFiles(folder).around("npm/kit-1/src/asked.ts", text);
    assert.deepEqual(
      pieces.map((piece) => piece.path),
      ["npm/kit-1/src/area.ts"],
    );
  });

  it("are missed by name where the package is not there", () =>
    assert.throws(() => new ProjectFiles(folder).around("npm/none-1/a.ts", { before: "", after: "" }), EvalError));

  it("are found in every kind of file that a set has", () => {
    const sets = fs.readdirSync(DATA).filter((name) => name.endsWith(".jsonl.gz"));
    assert.ok(sets.length > 0);
    const kinds = new Set(sets.flatMap((name) => readProblems(path.join(DATA, name)).map((problem) => path.extname(problem.path!))));
    for (const kind of [...kinds, ".mts", ".cts"]) {
      const [asked, other] = [`kinds/of-1/asked${kind}`, `kinds/of-1/other${kind}`];
      fs.mkdirSync(path.join(folder, "kinds/of-1"), { recursive: true });
      for (const file of [asked, other]) fs.writeFileSync(path.join(folder, file), "class Counter {\n}\n");
      const pieces = new ProjectFiles(folder).around(asked, { before: "x = Counter(", after: ")\n" });
      assert.deepEqual(
        pieces.map((piece) => piece.path),
        [other],
      );
    }
  });

  it("are not missed in silence where the file is of another kind", () => {
    const project = new ProjectFiles(folder);
    const refused = (error: unknown) => error instanceof EvalError && /no pieces for npm\/kit-1\/a\.zig/.test(error.message);
    assert.throws(() => project.check("npm/kit-1/a.zig"), refused);
    assert.throws(() => project.around("npm/kit-1/a.zig", { before: "", after: "" }), refused);
  });
});
