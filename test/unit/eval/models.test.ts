import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { allModelFolders } from "../../eval/allModelFolders";
import { EvalError } from "../../eval/evalError";
import { labelled } from "../../eval/labelled";
import { Models } from "../../eval/models";
import { NEVER } from "./sampleAttempts";

describe("what a model is called", () => {
  it("is its folder's or its file's name, the folder's for an adapter of the usual one", () => {
    assert.equal(labelled("models/qwen-infill").label, "qwen-infill");
    assert.equal(labelled("models/qwen-infill/").label, "qwen-infill");
    assert.equal(labelled("lab/pilot.safetensors").label, "pilot");
    assert.equal(labelled("runs/3/adapter.safetensors").label, "3");
  });

  it("is what it is named", () => {
    assert.deepEqual(labelled("after 500 steps=/a/b=c.safetensors"), { label: "after 500 steps", path: "/a/b=c.safetensors" });
  });

  it("is no name where there is such a file", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "unmask-label-"));
    const here = process.cwd();
    try {
      process.chdir(folder);
      fs.writeFileSync("lr=3.safetensors", "");
      assert.deepEqual(labelled("lr=3.safetensors"), { label: "lr=3", path: "lr=3.safetensors" });
    } finally {
      process.chdir(here);
      fs.rmSync(folder, { recursive: true });
    }
  });
});

describe("models to evaluate", () => {
  it("are the folders under models/ that have a manifest", () => {
    const folders = allModelFolders();
    assert.ok(folders.length > 0);
    for (const folder of folders) assert.ok(fs.existsSync(path.join(folder, "manifest.json")), folder);
    assert.ok(!folders.some((folder) => path.basename(folder) === "training"));
  });

  it("are refused where there is nothing, or no model", async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "unmask-models-"));
    try {
      const models = new Models(undefined, NEVER, () => undefined);
      const refused = (why: RegExp) => (error: unknown) =>
        error instanceof EvalError && error.failure.kind === "noModel" && why.test(error.message);
      await assert.rejects(models.open(path.join(folder, "none")), refused(/does not exist/));
      await assert.rejects(models.open(folder), refused(/is neither/));
      // Another title makes it another model, which nobody has prepared.
      const manifest = JSON.parse(fs.readFileSync(path.join(allModelFolders()[0]!, "manifest.json"), "utf8")) as object;
      fs.writeFileSync(path.join(folder, "manifest.json"), JSON.stringify({ ...manifest, title: "with a changed adapter" }));
      fs.writeFileSync(path.join(folder, "adapter.safetensors"), "changed");
      await assert.rejects(models.open(folder), /adapter\.safetensors/);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
});
