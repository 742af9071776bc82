import { e2eSettings } from "./e2eSettings";
import { skipWithoutModel } from "./skipWithoutModel";
import { Workbench, type WindowChoice } from "./workbench";

/**
 * A workbench whose engine has loaded the real model; without one the tests of the suite are skipped.
 * @param context of mocha's `before`
 * @param more what the server gets besides its own, such as a store that several share, and what the project holds
 */
export async function openWithModel(
  context: Mocha.Context,
  settings: object,
  { env = {}, files = {} }: { readonly env?: Record<string, string>; readonly files?: WindowChoice["files"] } = {},
): Promise<Workbench> {
  skipWithoutModel(context);
  const workbench = await Workbench.open({ ...e2eSettings(), ...settings }, env, undefined, { files });
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
