import { join } from "node:path";
import type { Infill, Infiller, InfillEnd, InfillRequest, InfillToken } from "../../src/backends/infiller";
import { JsonLines } from "../bench/jsonLines";

export interface LlamaAnswer {
  readonly text: string;
  readonly tokens: readonly InfillToken[];
  readonly ended: InfillEnd;
  readonly totalMs: number;
  /** ids in the base's vocabulary: of what it was given, and of what it wrote, without an end token */
  readonly prompt: readonly number[];
  readonly ids: readonly number[];
}

/** llama.cpp with the base weights as a backend: fill in the middle in Qwen's own format, greedy, one token at a time. */
export class LlamaInfiller implements Infiller {
  private constructor(private readonly lines: JsonLines) {}

  /** @param folder where node-llama-cpp is installed */
  static async start(folder: string, base: string, threads: number): Promise<LlamaInfiller> {
    return new LlamaInfiller(await JsonLines.start(join(__dirname, "llamaFill.mjs"), folder, base, threads));
  }

  async fill({
    prefix,
    suffix,
    region,
    maxTokens,
  }: Pick<InfillRequest, "prefix" | "suffix" | "region" | "maxTokens">): Promise<LlamaAnswer> {
    return (await this.lines.ask({ prefix, suffix, region, maxTokens })) as LlamaAnswer;
  }

  async infill(request: InfillRequest): Promise<Infill> {
    const { text, tokens, ended, totalMs } = await this.fill(request);
    return {
      ...{ text, tokens, ended, passes: tokens.length, prefillTokens: 0, cachedTokens: 0, writtenTokens: tokens.length },
      times: { queuedMs: 0, prefillMs: 0, denoiseMs: totalMs, totalMs },
      // one that was still writing has led nowhere
      fits: ended !== "length",
      model: "llama.cpp",
    };
  }

  stop(): Promise<void> {
    return this.lines.stop();
  }
}
