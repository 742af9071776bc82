import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { join } from "node:path";
import type { InfillRequest } from "../../src/backends/infiller";

export interface PeerAnswer {
  readonly promptTokens: number;
  readonly prefillMs: number;
  /** after the first, which the prefill gives */
  readonly tokens: number;
  readonly decodeMs: number;
}

export interface PeerLine {
  readonly cachedTokens: number;
  readonly newTokens: number;
  readonly firstWordsMs?: number;
  readonly lineMs: number;
}

/** llama.cpp with the same base weights, in a process of its own that waits while it is not asked. */
export class Peer {
  private constructor(
    private readonly child: ChildProcessByStdio<Writable, Readable, null>,
    private readonly lines: AsyncIterableIterator<string>,
  ) {}

  /** @param folder where node-llama-cpp is installed */
  static async start(folder: string, base: string, threads: number): Promise<Peer> {
    const child = spawn(process.execPath, [join(__dirname, "peer.mjs"), folder, base, String(threads)], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const peer = new Peer(child, createInterface({ input: child.stdout })[Symbol.asyncIterator]());
    await peer.nextLine();
    return peer;
  }

  async fill({ prefix, suffix, maxTokens }: InfillRequest): Promise<PeerAnswer> {
    this.child.stdin.write(JSON.stringify({ prefix, suffix, maxTokens }) + "\n");
    return (await this.nextLine()) as PeerAnswer;
  }

  /** The rest of a line, on what is cached of the prompt before. */
  async fillLine({ prefix, suffix, maxTokens }: InfillRequest): Promise<PeerLine> {
    this.child.stdin.write(JSON.stringify({ prefix, suffix, maxTokens, oneLine: true }) + "\n");
    return (await this.nextLine()) as PeerLine;
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
