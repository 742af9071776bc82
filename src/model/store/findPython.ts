import { tmpdir } from "node:os";
import { runProgram } from "./runProgram";

/** A command line that runs Python, e.g. ["py", "-3"]. */
export type PythonCommand = readonly string[];

export const PYTHON_CANDIDATES: readonly PythonCommand[] =
  process.platform === "win32" ? [["py", "-3"], ["python3"], ["python"]] : [["python3"], ["python"]];

const ANSWER_MS = 20_000;

/** The first of the candidates that has pip; undefined where none has. Rejects with the signal's reason when aborted. */
export async function findPython(candidates: readonly PythonCommand[], signal: AbortSignal): Promise<PythonCommand | undefined> {
  for (const candidate of candidates) {
    const late = AbortSignal.timeout(ANSWER_MS);
    try {
      const end = await runProgram([...candidate, "-m", "pip", "--version"], {
        cwd: tmpdir(),
        env: process.env,
        signal: AbortSignal.any([signal, late]),
      });
      if (end.exitCode === 0) return candidate;
    } catch (error) {
      signal.throwIfAborted();
      if (!late.aborted) throw error;
    }
  }
  return undefined;
}
