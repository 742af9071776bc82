import { LlamaInfiller } from "../replay/llamaInfiller";
import type { Attempt, Contestant } from "./attempt";
import { EvalError } from "./evalError";
import { lastChars } from "./lastChars";
import type { Problem } from "./problem";

export const LLAMA_NAME = "llama.cpp, base";

export interface LlamaLimits {
  readonly maxTokens: number;
  readonly prefixChars?: number | undefined;
}

/** llama.cpp with the base's weights, one token at a time: fill in the middle in the base's own format. */
export class LlamaContestant implements Contestant {
  private constructor(
    private readonly infiller: LlamaInfiller,
    private readonly limits: LlamaLimits,
  ) {}

  /** @param folder where node-llama-cpp is installed @throws EvalError noPeer */
  static async start(folder: string, base: string, threads: number, limits: LlamaLimits): Promise<LlamaContestant> {
    try {
      return new LlamaContestant(await LlamaInfiller.start(folder, base, threads), limits);
    } catch (error) {
      throw new EvalError({ kind: "noPeer", folder, detail: error instanceof Error ? error.message : String(error) }, { cause: error });
    }
  }

  async attempt({ id, prefix, suffix }: Problem, signal: AbortSignal): Promise<Attempt> {
    const { maxTokens, prefixChars } = this.limits;
    try {
      const request = { prefix: lastChars(prefix, prefixChars), suffix, region: "span", maxTokens } as const;
      const { text, prompt, ids, ended, totalMs } = await this.infiller.fill(request);
      if (signal.aborted) throw new EvalError({ kind: "interrupted", file: undefined });
      const tokens = ids.length + Number(ended === "end");
      return { text, canvas: prompt, head: "", ids, passes: tokens, writtenTokens: tokens, ms: totalMs, ended };
    } catch (error) {
      // A terminal's Ctrl-C ends it too.
      if (signal.aborted) throw new EvalError({ kind: "interrupted", file: undefined }, { cause: error });
      const detail = error instanceof Error ? error.message : String(error);
      throw new EvalError({ kind: "contestantDied", name: LLAMA_NAME, problem: id, detail }, { cause: error });
    }
  }

  stop(): Promise<void> {
    return this.infiller.stop();
  }
}
