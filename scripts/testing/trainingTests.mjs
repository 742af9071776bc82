import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { execute } from "./execute.mjs";
import { countsOfJUnit } from "./countsOfJUnit.mjs";

const FOLDER = "models/training";
const PLAIN = ["requirements-test.txt", "requirements-corpus.txt"];
/** 5 GB, so only where `UNMASK_TEST_TORCH=yes` asks for it: elsewhere the tests that need torch are skipped by name. */
const WITH_TORCH = ["requirements-test-torch.txt", ...PLAIN, "requirements.txt"];
/** A Python that can make an environment, and is new enough for what the training is written in. */
const SUITS = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))";

/**
 * The tests of the training's Python, and its lint, in an environment of pinned packages that is made once and kept in out/.
 * Skipped by name where there is no Python for it, or where the packages can't be had.
 *
 * @param {string} root
 * @returns {Promise<import("./runMocha.mjs").Counts>}
 */
export async function trainingTests(root) {
  const torch = process.env.UNMASK_TEST_TORCH === "yes" ? await environment(root, WITH_TORCH) : undefined;
  if (typeof torch === "object") console.log(`not run: training with torch: ${torch.without}`);
  const python = typeof torch === "string" ? torch : await environment(root, PLAIN);
  if (typeof python === "object") {
    console.log(`not run: training: ${python.without}`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const lint = [["check"], ["format", "--check"]];
  for (const args of lint) {
    const code = await execute(root, python, ["-m", "ruff", ...args, "--no-cache", FOLDER]);
    if (code !== 0) return { passed: 0, failed: 1, skipped: 0, failures: [`ruff ${args.join(" ")}: see "== training" above`] };
  }
  const folder = await mkdtemp(path.join(os.tmpdir(), "unmask-training-"));
  try {
    const file = path.join(folder, "tests.xml");
    const args = ["-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", "--rootdir", FOLDER, `--junitxml=${file}`, `${FOLDER}/tests`];
    const code = await execute(root, python, args, { PYTHONDONTWRITEBYTECODE: "1", PYTHONPATH: path.join(root, FOLDER) });
    if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
    const counts = countsOfJUnit(await readFile(file, "utf8"));
    // Lint is one test more. A run that dies at its end fails no test of its own.
    return { ...counts, passed: counts.passed + 1, failed: code !== 0 && counts.failed === 0 ? 1 : counts.failed };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {readonly string[]} requirements files of pinned packages; the first names the others
 * @returns {Promise<string | { without: string }>} the environment's Python, or why there is none
 */
async function environment(root, requirements) {
  const pinned = await Promise.all(requirements.map((name) => readFile(path.join(root, FOLDER, name), "utf8")));
  const key = createHash("sha256").update(pinned.join("\0")).digest("hex").slice(0, 12);
  const folder = path.join(root, "out", `python-${key}`);
  const python = path.join(folder, ...(process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"]));
  const whole = path.join(folder, "whole");
  if (existsSync(whole)) return python;
  const base = await systemPython(root);
  if (base === undefined) return { without: "python3 (3.11 or newer) with venv not found" };
  await rm(folder, { recursive: true, force: true });
  if ((await execute(root, base, ["-m", "venv", folder])) !== 0) return { without: `${base} can't make an environment` };
  const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", path.join(FOLDER, requirements[0])];
  if ((await execute(root, python, install)) !== 0) return { without: "pip could not install the packages (no network?)" };
  await writeFile(whole, "");
  return python;
}

async function systemPython(root) {
  for (const name of ["python3", "python"]) if ((await execute(root, name, ["-c", SUITS], {}, { quiet: true })) === 0) return name;
  return undefined;
}
