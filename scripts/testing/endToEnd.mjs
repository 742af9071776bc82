import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { execute } from "./execute.mjs";
import { readCounts, runMocha } from "./runMocha.mjs";
import { installKit, installOldest } from "../../test/e2e/kit/install.mjs";

/**
 * The tests in a real VS Code, from the unpacked package of this platform: one suite inside the extension host, one that types in a browser,
 * and a short one in the oldest VS Code.
 * Where the kit can't be had, the first runs in a VS Code that @vscode/test-electron downloads, and the second is skipped by name.
 *
 * @param {string} root
 * @param {Record<string, string>} env says where the real model lies, if there is one
 * @returns {Promise<import("./runMocha.mjs").Counts>}
 */
export async function endToEnd(root, env) {
  const without = await installKit(root);
  const host = await hostSuite(root, { ...env, E2E_KIT: without === undefined ? "1" : "" });
  if (without !== undefined) {
    console.log(`not run: the tests in a browser, since ${without}`);
    return { ...host, skipped: host.skipped + 1 };
  }
  const browser = await runMocha(root, ["test/e2e/*.test.ts", "test/e2e/browser/*.test.ts", "--timeout", "120000"], env);
  const oldest = await oldestSuite(root, env);
  return sum([host, browser, oldest]);
}

/** The suite in the oldest VS Code that package.json allows; skipped by name where that can't be had. */
async function oldestSuite(root, env) {
  const without = await installOldest(root);
  if (without === undefined) return runMocha(root, ["test/e2e/oldest/*.test.ts", "--timeout", "120000"], env);
  console.log(`not run: the tests in the oldest VS Code, since ${without}`);
  return { passed: 0, failed: 0, skipped: 1 };
}

/** @param {readonly import("./runMocha.mjs").Counts[]} all */
function sum(all) {
  const total = (key) => all.reduce((count, counts) => count + counts[key], 0);
  const failures = all.flatMap((counts) => counts.failures ?? []);
  return { passed: total("passed"), failed: total("failed"), skipped: total("skipped"), failures };
}
/**
 * The suite inside the extension host, from the unpacked package.
 *
 * @param {string} root
 * @param {Record<string, string>} env E2E_KIT is set where the kit is there
 * @returns {Promise<import("./runMocha.mjs").Counts>}
 */
export async function hostSuite(root, env) {
  const folder = await mkdtemp(path.join(os.tmpdir(), "unmask-host-"));
  try {
    const file = path.join(folder, "counts.json");
    const code = await execute(root, process.execPath, ["test/e2e/runHost.mjs"], { ...env, MOCHA_COUNTS: file });
    const counts = (await readCounts(file)) ?? { passed: 0, failed: 1, skipped: 0 };
    return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
