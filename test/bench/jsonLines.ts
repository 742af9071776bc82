import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";

/** llama.cpp behind lines of JSON, in a process of its own that waits while it is not asked: one question, one answer. */
export class JsonLines {
  private constructor(
    private readonly child: ChildProcessByStdio<Writable, Readable, null>,
    private readonly lines: AsyncIterableIterator<string>,
  ) {}

  /** @param script says one line when it is ready @param folder where node-llama-cpp is installed */
  static async start(script: string, folder: string, base: string, threads: number): Promise<JsonLines> {
    const child = spawn(process.execPath, [script, folder, base, String(threads)], { stdio: ["pipe", "pipe", "inherit"] });
    // One that is gone is told by its last line.
    child.stdin.on("error", () => undefined);
    const started = new JsonLines(child, createInterface({ input: child.stdout })[Symbol.asyncIterator]());
    await started.nextLine();
    return started;
  }

  ask(question: object): Promise<unknown> {
    this.child.stdin.write(JSON.stringify(question) + "\n");
    return this.nextLine();
  }

  async stop(): Promise<void> {
    this.child.stdin.end();
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, "exit");
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
