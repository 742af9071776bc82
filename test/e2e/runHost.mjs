// Bundles the suite of test/e2e/host and runs it inside the extension host of a real VS Code: the kit's where E2E_KIT is set, else a download.
import { cp, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { runTests } from "@vscode/test-electron";
import { build } from "esbuild";

const here = import.meta.dirname;
const out = path.resolve(here, "../../out");
const files = (await readdir(path.join(here, "host"))).filter((name) => name.endsWith(".ts")).map((name) => path.join(here, "host", name));
await build({
  entryPoints: files,
  outdir: path.join(out, "host"),
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  external: ["vscode", "mocha"],
  sourcemap: "inline",
  logLevel: "warning",
});

const folder = await mkdtemp(path.join(os.tmpdir(), "unmask-host-"));
const project = path.join(folder, "project");
try {
  await cp(path.join(here, "fixtures/project"), project, { recursive: true });
  process.exitCode = await runTests({
    ...(process.env.E2E_KIT ? { vscodeExecutablePath: path.join(here, "kit/codeShim.mjs") } : {}),
    extensionDevelopmentPath: path.join(out, "unpacked"),
    extensionTestsPath: path.join(out, "host/index.js"),
    launchArgs: [project],
    // Or its window would take the engine's turn from the user's own.
    extensionTestsEnv: { UNMASK_HOME: path.join(folder, "home") },
  });
} catch (error) {
  if (error.code !== "ENOTFOUND" && error.cause?.code !== "ENOTFOUND") throw error;
  console.log(`not run: the tests in the extension host, since VS Code can't be downloaded here (${error.message})`);
  await writeFile(process.env.MOCHA_COUNTS, JSON.stringify({ passed: 0, failed: 0, skipped: 1 }));
} finally {
  await rm(folder, { recursive: true, force: true });
}
