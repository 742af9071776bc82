import { fork } from "node:child_process";
import type { ProbeReport, ProbeRequest } from "./probeMessages";

export interface ProbeProgram {
  /** dist/probe.cjs */
  readonly entry: string;
  /** Node's own options for it; tests load TypeScript with them */
  readonly execArgv?: readonly string[];
  /** after which the process is killed; absent: 90 s, for models that are opened twice and shaders that are compiled */
  readonly limitMs?: number;
}

/**
 * Tries one GPU provider in a process of its own. Whatever becomes of that process is a refusal, and it is gone when this resolves.
 * @returns undefined where the signal ended it
 */
export function probeProvider(
  { entry, execArgv = [], limitMs = 90_000 }: ProbeProgram,
  request: ProbeRequest,
  signal: AbortSignal,
): Promise<ProbeReport | undefined> {
  if (signal.aborted) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const child = fork(entry, [], {
      execArgv: [...execArgv],
      env: { ...process.env, ELECTRON_RUN_AS_NODE: "1", ORT_DISABLE_TELEMETRY: "1" },
      // What drivers print is not the engine's log.
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      serialization: "json",
    });
    let report: ProbeReport | undefined;
    const kill = (): void => void child.kill("SIGKILL");
    const giveUp = (refusal: string): void => {
      report ??= { refusal };
      kill();
    };
    const timer = setTimeout(() => giveUp(`it did not end in ${limitMs / 1_000} s`), limitMs);
    signal.addEventListener("abort", kill, { once: true });
    child.once("message", (message) => {
      report ??= message as ProbeReport;
      kill();
    });
    child.once("error", (error) => giveUp(error.message));
    child.once("close", (code, killedBy) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", kill);
      resolve(signal.aborted ? undefined : (report ?? { refusal: `its process ended with ${killedBy ?? `code ${code}`}` }));
    });
    // A child that is gone already says so by "close".
    child.send(request, () => undefined);
  });
}
