import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { PREPARED_FILE, type PreparedModel } from "../../../src/model/preparedModel";
import { isPreparedWhole } from "../../../src/model/store/isPreparedWhole";
import { readModelFolder } from "../../../src/model/store/readModelFolder";
import { sourceHash } from "../../../src/model/store/sourceHash";
import { storeLayout } from "../../../src/model/store/storeLayout";
import { shippedModelFolder } from "../../../src/ui/shippedModelFolder";
import { STILL_EDITOR } from "../kit/quietSettings";
import { UNPACKED } from "../kit/root";
import { until } from "../kit/until";
import { e2eSettings } from "./e2eSettings";
import { pictureFailures } from "./pictureFailures";
import { skipWithoutModel } from "./skipWithoutModel";
import { Workbench } from "./workbench";

describe("Unmask in a real VS Code whose prepared model is deleted", function () {
  this.timeout(200_000);
  let home: string | undefined;
  let workbench: Workbench | undefined;
  before(function () {
    skipWithoutModel(this);
    if (process.env["UNMASK_BASE_GGUF"] !== undefined) return;
    console.log("      not run: there is no base to make it anew from (UNMASK_BASE_GGUF)");
    this.skip();
  });
  after(async () => {
    await workbench?.close();
    if (home !== undefined) fs.rmSync(home, { recursive: true, force: true });
  });

  pictureFailures(() => workbench);

  it("makes it anew when the engine starts the next time, without being asked, and suggests again", async () => {
    home = fs.mkdtempSync(path.join(os.tmpdir(), "unmask-home-"));
    const manifest = await readModelFolder(shippedModelFolder(UNPACKED));
    const source = sourceHash(manifest);
    const { prepared } = storeLayout(home, manifest, source);
    fs.mkdirSync(prepared, { recursive: true });
    const real = process.env["UNMASK_MODEL_DIR"]!;
    for (const name of fs.readdirSync(real))
      if (name !== PREPARED_FILE) fs.symlinkSync(path.resolve(real, name), path.join(prepared, name));
    // The tests' model is made from the clone's files; those of the package are other ones, with the same content.
    const whatItIs = JSON.parse(fs.readFileSync(path.join(real, PREPARED_FILE), "utf8")) as PreparedModel;
    fs.writeFileSync(path.join(prepared, PREPARED_FILE), JSON.stringify({ ...whatItIs, source }));
    assert.ok(await isPreparedWhole(prepared, source));
    const settings = { ...e2eSettings(), ...STILL_EDITOR, "unmask.model.path": "", "unmask.model.download": "never" };
    workbench = await Workbench.open(
      { ...settings, "unmask.model.baseFile": process.env["UNMASK_BASE_GGUF"] },
      { UNMASK_HOME: home, UNMASK_MODEL_DIR: "" },
    );
    // Nobody is asked for what is typed before the extension is there.
    await workbench.untilStatus(/Unmask: /);
    await workbench.choose("Developer: Set Log Level...", "Unmask", "Debug");
    await workbench.openWith("area.ts", "export function area(width: number, height: number): number {\n  \n}\n");
    await workbench.goTo(2, 3);
    await workbench.type("const doubled = ");
    await workbench.untilGhostText();
    const [engine] = workbench.engines();
    fs.rmSync(prepared, { recursive: true });
    process.kill(engine!, "SIGKILL");
    await workbench.type("2 * width;\nreturn ");
    await until(
      () => isPreparedWhole(prepared, source),
      120_000,
      async () => `it was not made anew; the status item reads "${await workbench!.status()}"`,
    );
    await workbench.untilStatus(/Unmask: ready/);
    // What was typed while there was no model is asked for again, without another key.
    await workbench.untilGhostText();
    assert.deepEqual(await workbench.toastButtons(), []);
  });
});
