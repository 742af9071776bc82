import { join } from "node:path";
import { LocalInfiller } from "../../src/backends/local";
import { EngineClient } from "../../src/engine/client";
import { EngineSupervisor } from "../../src/engine/supervisor";
import type { Attempt, Contestant } from "./attempt";
import type { ProjectFiles } from "./projectFiles";

/** `verified` with no drafts is the coder one token at a time. */
export const CONTEST_SAMPLERS = {
  verified: { sampler: "verified" },
  confidence: { sampler: "confidence" },
  "one-at-a-time": { sampler: "verified", blockSize: 0 },
} as const;

export type ContestSampler = keyof typeof CONTEST_SAMPLERS;

export interface EngineChoice {
  /** of a prepared model */
  readonly directory: string;
  readonly sampler: ContestSampler;
  readonly maxTokens: number;
  /** The model sees the file's path, where the set says it, and pieces of the other files of its package. */
  readonly project?: ProjectFiles;
}

/** The product's own engine, in its own process. Needs a build. */
export class EngineContestant implements Contestant {
  private readonly supervisor: EngineSupervisor;
  private readonly infiller: LocalInfiller;

  constructor(
    readonly name: string,
    private readonly choice: EngineChoice,
  ) {
    const entry = join(__dirname, "../../dist/engine.cjs");
    this.supervisor = new EngineSupervisor({ createClient: () => new EngineClient({ entry, modelDirectory: choice.directory }) });
    this.infiller = new LocalInfiller(this.supervisor);
  }

  async attempt({ prefix, suffix, path }: Parameters<Contestant["attempt"]>[0]): Promise<Attempt> {
    const { sampler, maxTokens, project } = this.choice;
    const { text, passes, writtenTokens, ended, times } = await this.infiller.infill({
      ...CONTEST_SAMPLERS[sampler],
      ...{ prefix, suffix, region: "span", languageId: "", maxTokens },
      ...(path !== undefined && project && { path, related: project.around(path, { before: prefix, after: suffix }) }),
    });
    return { text, passes, writtenTokens, ms: times.totalMs, ranOn: ended === "length" };
  }

  stop(): Promise<void> {
    return this.supervisor.dispose();
  }
}
