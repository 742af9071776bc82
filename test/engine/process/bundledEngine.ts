import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { FAKE_ENGINE } from "./support";

/** The fake engine as one file that plain node starts in a tenth of a second: for tests that start hundreds. */
export async function bundledEngine(): Promise<{ readonly entry: string; readonly remove: () => Promise<void> }> {
  const directory = await mkdtemp(path.join(tmpdir(), "unmask-engine-"));
  const entry = path.join(directory, "fakeEngine.cjs");
  await build({
    entryPoints: [FAKE_ENGINE],
    outfile: entry,
    bundle: true,
    platform: "node",
    format: "cjs",
    keepNames: true,
    logLevel: "error",
  });
  return { entry, remove: () => rm(directory, { recursive: true, force: true }) };
}
