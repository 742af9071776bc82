import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { STILL_EDITOR } from "../kit/quietSettings";
import { Workbench } from "./workbench";

describe("Unmask in a real VS Code, without a model", () => {
  let workbench: Workbench;
  let home: string;
  before(async () => {
    home = fs.mkdtempSync(path.join(os.tmpdir(), "unmask-home-"));
    workbench = await Workbench.open(
      { ...STILL_EDITOR, "unmask.model.download": "never" },
      { UNMASK_HOME: home, HF_HOME: home, UNMASK_MODEL_DIR: "" },
    );
  });
  after(async () => {
    await workbench?.close();
    fs.rmSync(home, { recursive: true, force: true });
  });

  it("says in the status bar what is missing and what to do, and the editor goes on", async () => {
    await workbench.openWith("note.ts", "");
    await workbench.type("const answer = 42;\n");
    await workbench.untilStatus(/Get Model/);
    await workbench.screenshot("without-model");
    assert.equal((await workbench.saved("note.ts")).toString(), "const answer = 42;\n");
  });

  it("puts nothing of a model on the disk", () => {
    const files = fs.readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    assert.deepEqual(
      files.map(({ name }) => name).filter((name) => name !== "lock"),
      [],
    );
  });
});
