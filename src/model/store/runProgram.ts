import { spawn } from "node:child_process";

export interface ProgramEnd {
  /** null where a signal ended it; -1 where it could not be started */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const MOST_OUTPUT = 64 * 1024;

/**
 * Runs a program without a shell, its input closed, and waits for its end. Of its output the last 64 KB are kept.
 * Aborting kills it; the call rejects with the signal's reason once it is gone.
 */
export async function runProgram(
  command: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly signal: AbortSignal },
): Promise<ProgramEnd> {
  options.signal.throwIfAborted();
  const end = await new Promise<ProgramEnd>((resolve) => {
    const [file, ...args] = command;
    const child = spawn(file!, args, { cwd: options.cwd, env: options.env, stdio: ["ignore", "pipe", "pipe"], windowsHide: true });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout = (stdout + text).slice(-MOST_OUTPUT)));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr = (stderr + text).slice(-MOST_OUTPUT)));
    const kill = () => child.kill("SIGKILL");
    options.signal.addEventListener("abort", kill, { once: true });
    child.once("error", (error) => {
      options.signal.removeEventListener("abort", kill);
      resolve({ exitCode: -1, stdout, stderr: error.message });
    });
    child.once("close", (exitCode) => {
      options.signal.removeEventListener("abort", kill);
      resolve({ exitCode, stdout, stderr });
    });
  });
  options.signal.throwIfAborted();
  return end;
}
