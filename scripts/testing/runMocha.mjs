import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { execute } from "./execute.mjs";

/** @typedef {{ passed: number, failed: number, skipped: number, failures?: string[] }} Counts `failures`: which tests, and why */

/**
 * Runs mocha over files of TypeScript and counts.
 *
 * @param {string} root
 * @param {readonly string[]} args globs and mocha's options
 * @param {Record<string, string>} [env]
 * @returns {Promise<Counts>} a run that dies before it has counted is one failure
 */
export async function runMocha(root, args, env = {}) {
  const folder = await mkdtemp(path.join(os.tmpdir(), "unmask-counts-"));
  const file = path.join(folder, "counts.json");
  try {
    const mocha = ["node_modules/mocha/bin/mocha.js", "--reporter", "./scripts/testing/countingReporter.mjs", ...args];
    const code = await execute(root, process.execPath, mocha, { MOCHA_COUNTS: file, ...env });
    const counts = await readCounts(file);
    if (counts === undefined) return { passed: 0, failed: 1, skipped: 0 };
    // A file that mocha could not load, or a process that died after the last test, fails no test of its own.
    return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @returns {Promise<Counts | undefined>} undefined where the run wrote none */
export async function readCounts(file) {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}
