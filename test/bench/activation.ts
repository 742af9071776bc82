import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { hostSuite } from "../../scripts/testing/endToEnd.mjs";
import { ROOT, UNPACKED } from "../e2e/kit/root";
import { kitFolder } from "../e2e/kit/where.mjs";

export interface ActivationFigures {
  readonly activationMs: {
    /** medians of loading the bundle again, which V8 has seen before, and of `activate` */
    readonly bundle: number;
    readonly activate: number;
    /** the one `activate` of the window's own start */
    readonly inWindowsStart: number;
    /** the window's own start in "Developer: Startup Performance": what the user waits for; null where VS Code did not tell */
    readonly asVsCodeCounts: { readonly loadCode: number | null; readonly callActivate: number | null };
  };
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
