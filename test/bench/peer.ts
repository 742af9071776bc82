import { join } from "node:path";
import type { InfillRequest } from "../../src/backends/infiller";
import { JsonLines } from "./jsonLines";

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

/** llama.cpp with the same base weights. */
export class Peer {
  private constructor(private readonly lines: JsonLines) {}

  /** @param folder where node-llama-cpp is installed */
  static async start(folder: string, base: string, threads: number): Promise<Peer> {
    return new Peer(await JsonLines.start(join(__dirname, "peer.mjs"), folder, base, threads));
  }

  async fill({ prefix, suffix, maxTokens }: InfillRequest): Promise<PeerAnswer> {
    return (await this.lines.ask({ prefix, suffix, maxTokens })) as PeerAnswer;
  }

  /** The rest of a line, on what is cached of the prompt before. */
  async fillLine({ prefix, suffix, maxTokens }: InfillRequest): Promise<PeerLine> {
    return (await this.lines.ask({ prefix, suffix, maxTokens, oneLine: true })) as PeerLine;
  }

  stop(): Promise<void> {
    return this.lines.stop();
  }
}
