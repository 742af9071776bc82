import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { EvalError } from "../../eval/evalError";
import { ProjectFiles } from "../../eval/projectFiles";

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
});
