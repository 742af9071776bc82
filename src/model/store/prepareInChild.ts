import { fork } from "node:child_process";
import { EngineError } from "../../backends/engineError";
import type { PreparedModel } from "../preparedModel";
import type { PrepareFailure, PrepareReport, PrepareRequest } from "./prepareMessages";
import { StoreError } from "./storeError";

export interface PrepareProgram {
  /** dist/prepare.cjs */
  readonly entry: string;
  /** Node's own options for it; tests load TypeScript with them */
  readonly execArgv?: readonly string[];
}

const MOST_STDERR = 8 * 1024;

/**
 * Prepares a model in a process of its own, by this program's own Node or Electron. Aborting kills it; the call rejects once it is gone, so that its
 * files can be removed.
 * @throws EngineError modelDamaged as the child says; StoreError prepareFailed, noSpace, fileSystem; the signal's reason
 */
export async function prepareInChild(
  program: PrepareProgram,
  request: PrepareRequest,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
): Promise<PreparedModel> {
  signal.throwIfAborted();
  const { report, ended, stderr } = await runChild(program, request, signal, onProgress);
  signal.throwIfAborted();
  if (report?.kind === "done") return report.prepared;
  if (report?.kind === "failed") throw asError(report.failure, request.directory);
  throw new StoreError({ kind: "prepareFailed", detail: [`its process ended with ${ended}`, lastLine(stderr)].filter(Boolean).join(": ") });
}

interface ChildEnd {
  readonly report: PrepareReport | undefined;
  readonly ended: string;
  readonly stderr: string;
}

function runChild(
  program: PrepareProgram,
  request: PrepareRequest,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
): Promise<ChildEnd> {
  return new Promise((resolve) => {
    const child = fork(program.entry, [], {
      execArgv: [...(program.execArgv ?? [])],
      env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      serialization: "json",
    });
    let report: PrepareReport | undefined;
    let stderr = "";
    const kill = () => child.kill("SIGKILL");
    signal.addEventListener("abort", kill, { once: true });
    const end = (ended: string) => {
      signal.removeEventListener("abort", kill);
      resolve({ report, ended, stderr });
    };
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr = (stderr + text).slice(-MOST_STDERR)));
    child.on("message", (message: PrepareReport) => {
      if (message.kind !== "progress") report = message;
      else if (!signal.aborted) onProgress(message.done, message.total);
    });
    child.once("error", (error) => end(error.message));
    child.once("close", (code, killedBy) => end(killedBy === null ? `code ${code}` : `${killedBy}, perhaps for lack of memory`));
    // A child that is gone already says so by "close"; the failed send has nothing to add.
    child.send(request, () => undefined);
  });
}

function asError(failure: PrepareFailure, directory: string): Error {
  switch (failure.kind) {
    case "engine":
      return new EngineError(failure.failure);
    case "system":
      return Object.assign(new Error(failure.message), { code: failure.code, path: failure.path ?? directory });
    case "other":
      return new StoreError({ kind: "prepareFailed", detail: failure.message });
  }
}

function lastLine(text: string): string | undefined {
  return text
    .split(/\r?\n/)
    .findLast((line) => line.trim() !== "")
    ?.trim();
}
