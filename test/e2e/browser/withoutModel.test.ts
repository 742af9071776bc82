import assert from "node:assert/strict";
import fs from "node:fs";
import { STILL_EDITOR } from "../kit/quietSettings";
import { emptyHome, type EmptyHome } from "./emptyHome";
import { Workbench } from "./workbench";

describe("Unmask in a real VS Code, without a model", () => {
  let workbench: Workbench;
  let home: EmptyHome;
  before(async () => {
    home = emptyHome();
    workbench = await Workbench.open({ ...STILL_EDITOR, "unmask.model.download": "never" }, home.env);
  });
  after(async () => {
    await workbench?.close();
    home?.remove();
  });

  it("says in the status bar what is missing and what to do, and the editor goes on", async () => {
    await workbench.openWith("note.ts", "");
    await workbench.type("const answer = 42;\n");
    await workbench.untilStatus(/Get Model/);
    await workbench.screenshot("without-model");
    assert.equal((await workbench.saved("note.ts")).toString(), "const answer = 42;\n");
  });

  it("puts nothing of a model on the disk", () => {
    const files = fs.readdirSync(home.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    assert.deepEqual(
      files.map(({ name }) => name).filter((name) => name !== "lock"),
      [],
    );
  });
});
