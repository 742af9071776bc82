import { e2eSettings } from "./e2eSettings";
import { Workbench } from "./workbench";

/**
 * A workbench whose engine has loaded the real model; without one the tests of the suite are skipped.
 * @param context of mocha's `before`
 */
export async function openWithModel(context: Mocha.Context, settings: object): Promise<Workbench> {
  if (process.env["UNMASK_MODEL_DIR"] === undefined) {
    console.log("      not run: there is no real model (UNMASK_MODEL_DIR)");
    context.skip();
  }
  const workbench = await Workbench.open({ ...e2eSettings(), ...settings });
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
