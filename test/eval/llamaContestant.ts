import { LlamaInfiller } from "../replay/llamaInfiller";
import type { Attempt, Contestant } from "./attempt";

/** llama.cpp with the base's weights, one token at a time: fill in the middle in the base's own format. */
export class LlamaContestant implements Contestant {
  readonly name = "llama.cpp, base";

  private constructor(
    private readonly infiller: LlamaInfiller,
    private readonly maxTokens: number,
  ) {}

  /** @param folder where node-llama-cpp is installed */
  static async start(folder: string, base: string, threads: number, maxTokens: number): Promise<LlamaContestant> {
    return new LlamaContestant(await LlamaInfiller.start(folder, base, threads), maxTokens);
  }

  async attempt({ prefix, suffix }: Parameters<Contestant["attempt"]>[0]): Promise<Attempt> {
    const request = { prefix, suffix, region: "span", languageId: "", maxTokens: this.maxTokens, sampler: "verified" } as const;
    const { text, passes, writtenTokens, ended, times } = await this.infiller.infill(request);
    return { text, passes, writtenTokens, ms: times.totalMs, ranOn: ended === "length" };
  }

  stop(): Promise<void> {
    return this.infiller.stop();
  }
}
