import { spawn } from "node:child_process";

/**
 * Runs a program in the clone with its output on this terminal and nothing to read.
 *
 * @param {string} root
 * @param {string} program
 * @param {readonly string[]} args
 * @param {Record<string, string>} [env] added to this process's own
 * @param {{ quiet?: boolean }} [options] `quiet`: what it writes is thrown away
 * @returns {Promise<number>} exit code; 127 where it can't be started, 128 where a signal ended it
 */
export function execute(root, program, args, env = {}, { quiet = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: quiet ? "ignore" : ["ignore", "inherit", "inherit"],
    });
    child.once("error", (error) => {
      if (!quiet) console.error(error.message);
      resolve(127);
    });
    child.once("exit", (code) => resolve(code ?? 128));
  });
}
