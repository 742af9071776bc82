// npm start: installs where need be, builds, and runs the terminal front end. Plain Node, since nothing is installed yet on a clean clone.
import { spawn } from "node:child_process";
import { statSync } from "node:fs";
import path from "node:path";

const root = path.join(import.meta.dirname, "..");
const [major, minor] = process.versions.node.split(".").map(Number);

// Ctrl+C reaches the process that is running; this one waits for it to end in order.
process.on("SIGINT", () => {});
process.exitCode = await main();

async function main() {
  if (major < 20 || (major === 20 && minor < 18)) {
    process.stderr.write(`Unmask needs Node 20.18 or newer, this is ${process.versions.node}: install a newer one from nodejs.org.\n`);
    return 2;
  }
  if (modified("node_modules/.package-lock.json") < modified("package-lock.json")) {
    process.stderr.write("Installing the packages (npm ci) …\n");
    const code = await npmCi();
    if (code !== 0) return code;
  }
  // The build says nothing where all is well; what it says belongs to stderr, or --json would not be JSON.
  const code = await node(["esbuild.mjs"], ["ignore", 2, 2], root);
  if (code !== 0) return code;
  return node([path.join(root, "dist", "terminal.cjs"), ...process.argv.slice(2)], "inherit", process.cwd());
}

/** Milliseconds; 0 where there is no such file. */
function modified(file) {
  return statSync(path.join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function npmCi() {
  const args = ["ci", "--no-fund", "--no-audit", "--loglevel=error"];
  // onnxruntime's install script would fetch CUDA libraries that nobody asked for.
  const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: "skip" };
  const npm = process.env.npm_execpath;
  if (npm?.endsWith("npm-cli.js")) return run(process.execPath, [npm, ...args], { stdio: ["ignore", 2, 2], cwd: root, env });
  return run("npm", args, { stdio: ["ignore", 2, 2], cwd: root, env, shell: process.platform === "win32" });
}

function node(args, stdio, cwd) {
  return run(process.execPath, args, { stdio, cwd });
}

/** Resolves with the exit code; 130 where a signal ended it. */
function run(command, args, options) {
  return new Promise((resolve) => {
    const child = spawn(command, args, options);
    child.once("error", (error) => {
      process.stderr.write(`${command} cannot be run (${error.message}): install Node with npm.\n`);
      resolve(1);
    });
    child.once("exit", (code) => resolve(code ?? 130));
  });
}
