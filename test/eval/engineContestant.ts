import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { EngineError } from "../../src/backends/engineError";
import type { Infill, InfillRequest } from "../../src/backends/infiller";
import { LocalInfiller } from "../../src/backends/local";
import { layCanvas, type Canvas } from "../../src/diffusion/canvas";
import { DEFAULT_BUDGET } from "../../src/diffusion/contextBudget";
import type { CanvasTokenizer } from "../../src/diffusion/denoiser";
import { DenoiseMemory } from "../../src/diffusion/denoiseMemory";
import { EngineClient } from "../../src/engine/client";
import { EngineSupervisor } from "../../src/engine/supervisor";
import { TOKENIZER_FILE, type PreparedModel } from "../../src/model/preparedModel";
import { loadTokenizer } from "../../src/model/tokenizer/loadTokenizer";
import type { TokenizerJson } from "../../src/model/tokenizer/tokenizerJson";
import type { Attempt, Contestant } from "./attempt";
import { ENGINE_FILE } from "./engineBuild";
import { EvalError } from "./evalError";
import { lastChars } from "./lastChars";
import type { Problem } from "./problem";
import type { ProjectFiles } from "./projectFiles";

/** `verified` with no drafts is the coder one token at a time. */
export const CONTEST_SAMPLERS = {
  verified: { sampler: "verified" },
  confidence: { sampler: "confidence" },
  "one-at-a-time": { sampler: "verified", blockSize: 0 },
} as const;

export type ContestSampler = keyof typeof CONTEST_SAMPLERS;

export interface EngineChoice {
  readonly name: string;
  /** of a prepared model */
  readonly directory: string;
  readonly prepared: PreparedModel;
  readonly sampler: ContestSampler;
  readonly maxTokens: number;
  /** 0: the engine chooses */
  readonly threads: number;
  /** Masks in a block. Absent: what the model's manifest says for the sampler. */
  readonly block?: number | undefined;
  /** So much of what stands before the region is there. Absent: all. */
  readonly prefixChars?: number | undefined;
  /** Whether the model sees the file's path, where the set says it. */
  readonly path?: boolean;
  /** That, and pieces of the other files of its package. */
  readonly project?: ProjectFiles | undefined;
  /** Absent: the build's. Another in tests. */
  readonly createClient?: () => EngineClient;
}

/** An engine that dies at a problem is asked once more: once is a machine's mishap, twice the problem's. */
const MOST_DEATHS = 1;

/** The product's own engine, in its own process. Needs a build. */
export class EngineContestant implements Contestant {
  private readonly supervisor: EngineSupervisor;
  private readonly infiller: LocalInfiller;
  /** Lays the same canvases as the engine's process, which remembers earlier ones, and forgets with it. */
  private memory = new DenoiseMemory();

  private constructor(
    private readonly choice: EngineChoice,
    private readonly tokenizer: CanvasTokenizer,
  ) {
    const { directory: modelDirectory, threads } = choice;
    const create = choice.createClient ?? (() => new EngineClient({ entry: ENGINE_FILE, modelDirectory, threads }));
    this.supervisor = new EngineSupervisor({
      createClient: () => {
        this.memory = new DenoiseMemory();
        return create();
      },
    });
    this.infiller = new LocalInfiller(this.supervisor);
  }

  /** @throws EngineError where the model does not load */
  static async start(choice: EngineChoice): Promise<EngineContestant> {
    const json = JSON.parse(await readFile(join(choice.directory, TOKENIZER_FILE), "utf8")) as TokenizerJson;
    const contestant = new EngineContestant(choice, loadTokenizer(json));
    try {
      await contestant.supervisor.warm();
    } catch (error) {
      await contestant.stop();
      throw error;
    }
    return contestant;
  }

  async attempt(problem: Problem, signal: AbortSignal): Promise<Attempt> {
    const request = this.requestFor(problem);
    const { text, ids = [], passes, writtenTokens, ended, times, ...infill } = await this.infill(problem, request, signal);
    const { known, toHeal } = this.canvasOf(request, infill.cachedTokens + infill.prefillTokens);
    const head = new TextDecoder().decode(toHeal);
    return { text, canvas: known, head, ids, passes, writtenTokens, ms: times.totalMs - times.queuedMs, ended };
  }

  stop(): Promise<void> {
    return this.supervisor.dispose();
  }

  private requestFor({ suffix, path, ...problem }: Problem): InfillRequest {
    const prefix = lastChars(problem.prefix, this.choice.prefixChars);
    const { sampler, maxTokens, project, block, path: withPath } = this.choice;
    return {
      ...(block !== undefined && { blockSize: block }),
      ...CONTEST_SAMPLERS[sampler],
      ...{ prefix, suffix, region: "span", languageId: "", maxTokens },
      ...(path !== undefined && withPath && { path }),
      ...(path !== undefined && project && { path, related: project.around(path, { before: prefix, after: suffix }) }),
    };
  }

  private async infill(problem: Problem, request: InfillRequest, signal: AbortSignal): Promise<Infill> {
    for (let deaths = 0; ; deaths++) {
      try {
        const infill = await this.infiller.infill(request, { signal });
        if (!signal.aborted) return infill;
        throw new EvalError({ kind: "interrupted", file: undefined });
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
        const { failure } = error;
        if (failure.kind === "engineDied" && deaths < MOST_DEATHS) continue;
        const detail = "detail" in failure ? failure.detail : failure.kind;
        throw new EvalError({ kind: "contestantDied", name: this.choice.name, problem: problem.id, detail }, { cause: error });
      }
    }
  }

  /** @param contextTokens that the engine says it read: a canvas of another length would be another one */
  private canvasOf(request: InfillRequest, contextTokens: number): Canvas {
    const lay = (memory: DenoiseMemory) =>
      layCanvas(request, this.tokenizer, this.choice.prepared.specialTokens, DEFAULT_BUDGET, memory.canvases);
    const canvas = lay(this.memory);
    if (canvas.known.length - 1 !== contextTokens)
      throw new Error(`the engine read ${contextTokens} tokens, and its canvas has ${canvas.known.length - 1} before the first pass`);
    this.memory.keepCanvas(canvas);
    return canvas;
  }
}
