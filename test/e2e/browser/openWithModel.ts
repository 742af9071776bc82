import { e2eSettings } from "./e2eSettings";
import { skipWithoutModel } from "./skipWithoutModel";
import { Workbench, type WindowChoice } from "./workbench";

/**
 * A workbench whose engine has loaded the real model; without one the tests of the suite are skipped.
 * @param context of mocha's `before`
 * @param files as Workbench.open takes them
 */
export async function openWithModel(context: Mocha.Context, settings: object, files: WindowChoice["files"] = {}): Promise<Workbench> {
  skipWithoutModel(context);
  const workbench = await Workbench.open({ ...e2eSettings(), ...settings }, {}, undefined, { files });
  try {
    await workbench.untilStatus(/Unmask: /);
    await workbench.openWith("wake.ts", "");
    await workbench.type("const answer = ");
    await workbench.untilStatus(/Unmask: ready/);
    return workbench;
  } catch (error) {
    await workbench.screenshot("not-ready");
    await workbench.close();
    throw error;
  }
}
