// Everything a reviewer would check, on a clean clone: node scripts/test.mjs [part…]
// Parts: types, lint, format, training, unit, engine, package, e2e. Without any: all. The last line counts them.
import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { execute } from "./testing/execute.mjs";
import { endToEnd } from "./testing/endToEnd.mjs";
import { realModel } from "./testing/realModel.mjs";
import { runMocha } from "./testing/runMocha.mjs";
import { trainingTests } from "./testing/trainingTests.mjs";

const root = path.resolve(import.meta.dirname, "..");
const bin = (name) => path.join("node_modules", name);

/** A command that is one test: it passes when it exits with 0. */
async function check(...commands) {
  for (const command of commands) if ((await execute(root, process.execPath, command)) !== 0) return { passed: 0, failed: 1, skipped: 0 };
  return { passed: 1, failed: 0, skipped: 0 };
}

/** Each part by name, in the order they run: the quick ones first. */
const PARTS = {
  types: () =>
    check([bin("typescript/bin/tsc"), "-p", "."], ...["media", "test/e2e"].map((project) => [bin("typescript/bin/tsc"), "-p", project])),
  lint: () => check([bin("eslint/bin/eslint.js"), "."]),
  format: () => check([bin("prettier/bin/prettier.cjs"), "--check", "."]),
  training: () => trainingTests(root),
  unit: () => withRealModel((env) => runMocha(root, ["test/unit/**/*.test.ts"], env)),
  engine: () => withRealModel((env) => runMocha(root, ["test/engine/**/*.test.ts"], env)),
  package: () => check(["scripts/package.mjs", "--current", "--unpack"]),
  e2e: () => withRealModel((env) => endToEnd(root, env)),
};

/** Runs tests with the real model where it can be had; a model that should be there and can't be made fails one test. */
async function withRealModel(run) {
  const isFirst = model === undefined;
  model ??= realModel(root);
  const { env, failed } = await model;
  const counts = await run(env);
  return { ...counts, failed: counts.failed + (isFirst ? failed : 0) };
}

/** What `realModel` found, once it was asked. */
let model;

/** `npm ci`, unless what is installed is newer than the lock file. */
async function install() {
  const installed = path.join(root, "node_modules/.package-lock.json");
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(path.join(root, "package-lock.json")).mtimeMs) return;
  const code = await execute(root, process.platform === "win32" ? "npm.cmd" : "npm", ["ci"]);
  if (code !== 0) throw new Error(`"npm ci" ended with ${code}: see what it says above.`);
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in PARTS));
if (unknown.length > 0) throw new Error(`There is no part ${unknown.join(", ")}: choose from ${Object.keys(PARTS).join(", ")}.`);

await install();
if ((await execute(root, process.execPath, ["esbuild.mjs"])) !== 0) throw new Error("The build failed: see above.");

const total = { passed: 0, failed: 0, skipped: 0 };
/** What failed, said again at the end: whoever sees only the last lines of a long run must not have to guess. */
const failures = [];
for (const name of asked.length > 0 ? asked : Object.keys(PARTS)) {
  console.log(`\n== ${name}`);
  const startMs = performance.now();
  const counts = await PARTS[name]();
  for (const key of Object.keys(total)) total[key] += counts[key];
  if (counts.failed > 0)
    failures.push(...(counts.failures?.length > 0 ? counts.failures : [`see "== ${name}" above`]).map((what) => `${name}: ${what}`));
  console.log(`== ${name}: ${sentence(counts)} in ${((performance.now() - startMs) / 1000).toFixed(0)} s`);
}
if (failures.length > 0) console.log(`\nFailed:\n${failures.map((what) => `  ${what}`).join("\n")}`);
console.log(`\n${sentence(total)}`);
process.exitCode = total.failed > 0 ? 1 : 0;

function sentence({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
