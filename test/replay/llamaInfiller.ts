import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { Infill, Infiller, InfillEnd, InfillRequest, InfillToken } from "../../src/backends/infiller";

interface LlamaAnswer {
  readonly text: string;
  readonly tokens: readonly InfillToken[];
  readonly ended: InfillEnd;
  readonly totalMs: number;
}

/** llama.cpp with the base weights as a backend: fill in the middle in Qwen's own format, greedy, one token at a time, in a process of its own. */
export class LlamaInfiller implements Infiller {
  private constructor(
    private readonly child: ChildProcessByStdio<Writable, Readable, null>,
    private readonly lines: AsyncIterableIterator<string>,
  ) {}

  /** @param folder where node-llama-cpp is installed */
  static async start(folder: string, base: string, threads: number): Promise<LlamaInfiller> {
    const child = spawn(process.execPath, [join(__dirname, "llamaFill.mjs"), folder, base, String(threads)], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const infiller = new LlamaInfiller(child, createInterface({ input: child.stdout })[Symbol.asyncIterator]());
    await infiller.nextLine();
    return infiller;
  }

  async infill({ prefix, suffix, region, maxTokens }: InfillRequest): Promise<Infill> {
    this.child.stdin.write(JSON.stringify({ prefix, suffix, region, maxTokens }) + "\n");
    const { text, tokens, ended, totalMs } = (await this.nextLine()) as LlamaAnswer;
    return {
      ...{ text, tokens, ended, passes: tokens.length, prefillTokens: 0, cachedTokens: 0, writtenTokens: tokens.length },
      times: { queuedMs: 0, prefillMs: 0, denoiseMs: totalMs, totalMs },
      // one that was still writing has led nowhere
      fits: ended !== "length",
      model: "llama.cpp",
    };
  }

  async stop(): Promise<void> {
    this.child.stdin.end();
    if (this.child.exitCode === null) await once(this.child, "exit");
  }

  private async nextLine(): Promise<unknown> {
    for (;;) {
      const { value, done } = (await this.lines.next()) as IteratorResult<string, undefined>;
      if (done) throw new Error("llama.cpp ended: see what it says above");
      // it says this and that before it answers
      if (value.startsWith("{")) return JSON.parse(value);
    }
  }
}
