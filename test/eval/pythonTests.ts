import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EvalError } from "./evalError";
import type { Problem } from "./problem";

const SANDBOX = join(__dirname, "sandbox.py");
/** Must match sandbox.py: no program ends with them by mistake. */
const EXIT_ENDED_WELL = 87;
const EXIT_NO_SANDBOX = 88;

export interface SandboxLimits {
  /** of the processor; at least 1 */
  readonly seconds: number;
  /** behind that, for a program that sleeps */
  readonly graceMs: number;
  readonly megabytes: number;
}

const LIMITS: SandboxLimits = { seconds: 8, graceMs: 4_000, megabytes: 1_024 };

/**
 * Whether an answer passes its problem's own tests, which run in a Python process of their own (see sandbox.py): no network, no writing, 8 s, 1 GB.
 * @throws EvalError noPython, noSandbox
 */
export async function passesTests({ prefix, suffix, tests }: Problem, answer: string): Promise<boolean> {
  if (tests === undefined) throw new Error("the problem has no tests");
  return (await runInSandbox(`${prefix}${answer}${suffix}\n${tests.code}\ncheck(${tests.entryPoint})\n`)).endedWell;
}

/** @throws EvalError noPython, noSandbox, before a long run would */
export async function checkSandbox(): Promise<void> {
  const { endedWell, stderr } = await runInSandbox("assert True");
  if (!endedWell) throw new EvalError({ kind: "noSandbox", detail: stderr.trim() || "its process was killed" });
}

/** @returns whether it came to its end, and the end of what it said. @throws EvalError noPython, noSandbox */
export async function runInSandbox(
  program: string,
  { seconds, graceMs, megabytes }: SandboxLimits = LIMITS,
): Promise<{ readonly endedWell: boolean; readonly stderr: string }> {
  const folder = await mkdtemp(join(tmpdir(), "unmask-eval-"));
  try {
    return await new Promise((resolve, reject) => {
      const child = spawn("python3", ["-I", "-S", SANDBOX, String(seconds), String(megabytes)], {
        cwd: folder,
        env: { PATH: process.env["PATH"] },
        stdio: ["pipe", "ignore", "pipe"],
        // Ctrl-C is for the evaluation, which lets a running test end.
        detached: true,
      });
      const timer = setTimeout(() => child.kill("SIGKILL"), seconds * 1_000 + graceMs);
      let stderr = "";
      child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr = (stderr + text).slice(-2_000)));
      child.once("error", (error) => {
        clearTimeout(timer);
        reject(new EvalError({ kind: "noPython", detail: error.message }, { cause: error }));
      });
      child.once("close", (code) => {
        clearTimeout(timer);
        if (code === EXIT_NO_SANDBOX) reject(new EvalError({ kind: "noSandbox", detail: stderr.trim() }));
        else resolve({ endedWell: code === EXIT_ENDED_WELL, stderr });
      });
      // One that ends before it has read everything breaks the pipe: its exit code tells.
      child.stdin.on("error", () => undefined).end(program);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
