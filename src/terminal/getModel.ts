import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { ensureModel } from "../model/store/ensureModel";
import { proxyFetch } from "../model/store/proxyFetch";
import { consentText } from "../ui/consentText";
import { progressWords } from "../ui/progressWords";
import { shippedModelFolder } from "../ui/shippedModelFolder";
import type { TerminalArguments } from "./parseArguments";
import { UsageError } from "./usageError";

/** @returns the prepared model's folder; undefined where the signal aborted. @throws UsageError, StoreError, EngineError */
export async function getModel(
  { yes, basePath }: TerminalArguments,
  repository: string,
  showProgress: (words: string) => void,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { fetch, close } = proxyFetch();
  try {
    const outcome = await ensureModel({
      modelFolder: shippedModelFolder(repository),
      ...(basePath !== undefined && { basePath }),
      prepare: { entry: join(repository, "dist", "prepare.cjs") },
      ask: async (request) => yes || (await askOnTerminal(consentText(request), signal)),
      fetch,
      onProgress: (progress) => showProgress(progressWords(progress)),
      signal,
    });
    switch (outcome.kind) {
      case "ready":
        return outcome.directory;
      case "refused":
        throw new UsageError("Without the model nothing can be filled: agree to the download, or name the weights with --base FILE.");
      case "cancelled":
        return undefined;
    }
  } finally {
    await close();
  }
}

async function askOnTerminal(question: string, signal: AbortSignal): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY)
    throw new UsageError(`${question} To agree where there is no terminal, give --yes or set UNMASK_GET_MODEL=yes.`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // The question swallows Ctrl+C; the process itself decides what it means.
  terminal.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `, { signal })).trim());
  } finally {
    terminal.close();
  }
}
