import assert from "node:assert/strict";
import type { NoSuggestionReason } from "../../../src/completion/outcome";
import { Workbench, type WindowChoice } from "../browser/workbench";
import { until } from "../kit/until";
import { FixedModel } from "./fixedModel";

/** A real VS Code, with its own defaults, and Unmask with a model that writes what the test says. */
export interface Fixed {
  readonly workbench: Workbench;
  readonly model: FixedModel;
  /** Waits until the newest word of Unmask's log is that it offers nothing, for this reason; and looks that nothing is shown. */
  readonly untilNothing: (reason: NoSuggestionReason) => Promise<void>;
  close(): Promise<void>;
}

export interface FixedChoice extends WindowChoice {
  /** No editor was opened in it, and its engine is not up. */
  readonly isUntouched?: boolean;
}

/** Opens one, and waits until its engine is up. */
export async function openFixed(settings: object = {}, { isUntouched = false, ...more }: FixedChoice = {}): Promise<Fixed> {
  const model = new FixedModel();
  let workbench: Workbench | undefined;
  const close = async (): Promise<void> => {
    await workbench?.close();
    model.dispose();
  };
  try {
    const env = { UNMASK_MODEL_DIR: "" };
    // How slow the machine is, is not what is tested.
    const own = { "unmask.model.path": model.folder, "unmask.deadlineMs": 20_000 };
    workbench = await Workbench.open({ ...own, ...settings }, env, model.extension, more);
    await workbench.untilStatus(/Unmask: /);
    if (!isUntouched) {
      await workbench.openWith("wake.ts", "");
      await workbench.type("const answer = ");
      await workbench.untilStatus(/Unmask: ready/);
    }
    // Why nothing is offered stands in Unmask's log from "debug" on.
    await workbench.choose("Developer: Set Log Level...", "Unmask", "Debug");
    return { workbench, model, untilNothing: (reason) => untilNothing(workbench!, reason), close };
  } catch (error) {
    await workbench?.screenshot("not-ready");
    await close();
    throw error;
  }
}

async function untilNothing(workbench: Workbench, reason: NoSuggestionReason): Promise<void> {
  const last = (): string => workbench.log("Unmask.log").trimEnd().split("\n").at(-1)!;
  await until(
    () => Promise.resolve(last().endsWith(`: ${reason}`)),
    10_000,
    () => Promise.resolve(`not "${reason}" but: ${last()}`),
  );
  assert.equal(await workbench.ghostText(), "");
}
