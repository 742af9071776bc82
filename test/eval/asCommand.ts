import { commandEnd } from "./commandEnd";
import { EvalError } from "./evalError";

/**
 * Runs a program of the evaluation, which Ctrl-C lets put things in order first; what ended it early goes to stderr.
 * @param keptIn the file that an interrupted one goes on from; absent: there is none
 */
export function asCommand(run: (signal: AbortSignal) => Promise<void>, keptIn: () => string | undefined = () => undefined): void {
  const interruption = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => interruption.abort(new EvalError({ kind: "interrupted", file: keptIn() })));
  run(interruption.signal).catch((error: unknown) => {
    const { shown, exitCode } = commandEnd(error, interruption.signal);
    console.error(shown);
    process.exitCode = exitCode;
  });
}
