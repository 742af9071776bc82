import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

const ROOT = path.resolve(__dirname, "../..");

export interface ActivationFigures {
  /** medians of loading the bundle and of `activate`, and the one `activate` of the window's own start */
  readonly activationMs: { readonly bundle: number; readonly activate: number; readonly inWindowsStart: number };
}

/**
 * Activates the packaged extension in a real VS Code: the tests of the extension host do, and say what it took.
 * @returns undefined where there is no package, or no VS Code, to do it with
 */
export async function measureActivation(): Promise<ActivationFigures | undefined> {
  if (!existsSync(path.join(ROOT, "out/unpacked"))) return undefined;
  const folder = await mkdtemp(path.join(os.tmpdir(), "unmask-activation-"));
  try {
    const file = path.join(folder, "figures.json");
    const env = { ...process.env, MOCHA_COUNTS: path.join(folder, "counts.json"), UNMASK_ACTIVATION_FILE: file };
    const kit = existsSync(path.join(ROOT, ".e2e")) ? { E2E_KIT: "1" } : {};
    const child = spawn(process.execPath, [path.join(ROOT, "test/e2e/runHost.mjs")], { env: { ...env, ...kit }, stdio: "ignore" });
    await new Promise((resolve, reject) => child.once("error", reject).once("exit", resolve));
    return existsSync(file) ? (JSON.parse(await readFile(file, "utf8")) as ActivationFigures) : undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
