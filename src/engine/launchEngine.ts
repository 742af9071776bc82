import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { Socket } from "node:net";
import { tellingLine } from "./tellingLine";

export interface LaunchOptions {
  /** Path of the engine's entry, e.g. dist/engine.cjs. */
  readonly entry: string;
  /** Options for node before the entry. */
  readonly nodeArguments?: readonly string[];
  /** Called for each line that the process or a native library in it prints. */
  readonly onLog?: (line: string) => void;
}

export interface EngineProcess {
  readonly pid: number | undefined;
  /** The channel to the engine. Undefined where the process could not be created at all: then `exited` tells why. */
  readonly socket: Socket | undefined;
  /** Resolves once, when the process is gone and all it printed is read, with one clause that says how it ended. Never rejects. */
  readonly exited: Promise<string>;
  kill(): void;
}

const LINES_KEPT = 40;

/** Starts the engine's process: this very executable (Electron in the editor) as plain Node, with a duplex pipe of its own. */
export function launchEngine({ entry, nodeArguments = [], onLog }: LaunchOptions): EngineProcess {
  const child = spawn(process.execPath, [...nodeArguments, entry], {
    // "overlapped" is "pipe" everywhere but on Windows, where a plain pipe cannot be read and written at the same time.
    stdio: ["ignore", "pipe", "pipe", "overlapped"],
    env: { ...process.env, ELECTRON_RUN_AS_NODE: "1", ORT_DISABLE_TELEMETRY: "1" },
    windowsHide: true,
  });
  const lastWords: string[] = [];
  const listen = (stream: Readable | null, isError: boolean): void => {
    if (!stream) return;
    createInterface({ input: stream }).on("line", (line) => {
      onLog?.(line);
      if (!isError) return;
      lastWords.push(line);
      if (lastWords.length > LINES_KEPT) lastWords.shift();
    });
  };
  listen(child.stdout, false);
  listen(child.stderr, true);
  const exited = new Promise<string>((resolve) => {
    child.once("error", (error) => {
      if (child.pid === undefined) resolve(error.message);
    });
    child.once("close", (code, signal) => resolve(howItEnded(code, signal, lastWords)));
  });
  const socket = (child.stdio as unknown as readonly (Socket | undefined)[])[3];
  return { pid: child.pid, socket: child.pid === undefined ? undefined : socket, exited, kill: () => void child.kill("SIGKILL") };
}

function howItEnded(code: number | null, signal: NodeJS.Signals | null, lastWords: readonly string[]): string {
  const how = signal ? `ended by ${signal}` : `exit code ${code}`;
  const said = tellingLine(lastWords);
  return said ? `${said}; ${how}` : how;
}
