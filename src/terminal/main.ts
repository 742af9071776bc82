/** Entry of the terminal front end, bundled as dist/terminal.cjs. */
import { join } from "node:path";
import { EngineError } from "../backends/engineError";
import { StoreError } from "../model/store/storeError";
import { run } from "./run";
import { UsageError } from "./usageError";

const SHOW_CURSOR_AND_WRAP = "\x1b[?7h\x1b[?25h";

const interrupt = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => {
    // The second time nobody wants to wait for the engine's orderly end; it ends when this process does.
    if (interrupt.signal.aborted) {
      if (process.stdout.isTTY) process.stdout.write(SHOW_CURSOR_AND_WRAP);
      process.exit(130);
    }
    interrupt.abort();
  });

run(process.argv.slice(2), join(__dirname, ".."), interrupt.signal).then(
  (exitCode) => (process.exitCode = exitCode),
  (error: unknown) => {
    const isInterrupted = interrupt.signal.aborted && error instanceof Error && error.name === "AbortError";
    const isKnown = error instanceof UsageError || error instanceof StoreError || error instanceof EngineError;
    if (!isInterrupted) process.stderr.write(`${isKnown ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = isInterrupted ? 130 : error instanceof UsageError ? 2 : 1;
  },
);
