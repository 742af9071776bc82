import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { hostSuite } from "../../scripts/testing/endToEnd.mjs";
import { ROOT, UNPACKED } from "../e2e/kit/root";
import { kitFolder } from "../e2e/kit/where.mjs";

export interface ActivationFigures {
  /** medians of loading the bundle and of `activate`, and the one `activate` of the window's own start */
  readonly activationMs: { readonly bundle: number; readonly activate: number; readonly inWindowsStart: number };
}

/**
 * Activates the packaged extension in a real VS Code: the tests of the extension host do, and say what it took.
 * @returns undefined where there is no package, or no VS Code, to do it with
 */
export async function measureActivation(): Promise<ActivationFigures | undefined> {
  if (!existsSync(UNPACKED)) return undefined;
  const folder = await mkdtemp(path.join(os.tmpdir(), "unmask-activation-"));
  try {
    const file = path.join(folder, "figures.json");
    await hostSuite(ROOT, { E2E_KIT: existsSync(kitFolder(ROOT)) ? "1" : "", UNMASK_ACTIVATION_FILE: file });
    return existsSync(file) ? (JSON.parse(await readFile(file, "utf8")) as ActivationFigures) : undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
