import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Problem } from "./problem";

const SANDBOX = join(__dirname, "sandbox.py");
const SECONDS = 8;
const MEGABYTES = 1_024;
/** Behind the processor's limit: a program may sleep. */
const KILL_AFTER_MS = (SECONDS + 4) * 1_000;
const EXIT_NO_SANDBOX = 3;

/**
 * Whether an answer passes its problem's own tests, which run in a Python process of their own (see sandbox.py): no network, no writing, 8 s, 1 GB.
 * @throws Error where there is no Python, or where it can't be shut in
 */
export async function passesTests({ prefix, suffix, tests }: Problem, answer: string): Promise<boolean> {
  if (tests === undefined) throw new Error("the problem has no tests");
  const { code, stderr } = await runInSandbox(`${prefix}${answer}${suffix}\n${tests.code}\ncheck(${tests.entryPoint})\n`);
  if (code === EXIT_NO_SANDBOX) throw new Error(`The tests can't be run safely: ${stderr}`);
  return code === 0;
}

/** @returns the exit code, undefined where it was killed; and the end of what it said */
export async function runInSandbox(program: string): Promise<{ readonly code: number | undefined; readonly stderr: string }> {
  const folder = await mkdtemp(join(tmpdir(), "unmask-eval-"));
  try {
    return await new Promise((resolve, reject) => {
      const child = spawn("python3", ["-I", "-S", SANDBOX, String(SECONDS), String(MEGABYTES)], {
        cwd: folder,
        env: { PATH: process.env["PATH"] },
        stdio: ["pipe", "ignore", "pipe"],
        detached: true,
      });
      const timer = setTimeout(() => child.kill("SIGKILL"), KILL_AFTER_MS);
      let stderr = "";
      child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr = (stderr + text).slice(-2_000)));
      child.once("error", (error) => {
        clearTimeout(timer);
        reject(new Error(`python3 can't be started (${error.message}): the problems' tests need it`));
      });
      child.once("close", (code) => {
        clearTimeout(timer);
        resolve({ code: code ?? undefined, stderr });
      });
      // One that ends before it has read everything breaks the pipe: its exit code tells.
      child.stdin.on("error", () => undefined).end(program);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
