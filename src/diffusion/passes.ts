import { CanvasProgress } from "./canvasProgress";
import type { ContextBudget } from "./contextBudget";
import type { Denoiser } from "./denoiser";
import type { SamplerPass } from "./samplers/sampler";
import { sharedLength } from "./sharedLength";

export type StopReason = "aborted" | "deadline";

/** Runs a request's passes: brings its context into the cache, as much as possible of it from there, and counts. */
export class Passes {
  /** Context tokens that were in the cache already. */
  readonly cachedTokens: number;
  private readonly progress: CanvasProgress;

  /**
   * @param context stands before the first pass's clean tokens. What the cache holds of it is kept, the rest of that forgotten.
   * @param lasting how many of its first tokens another canvas in the same file may have too
   */
  constructor(
    private readonly denoiser: Denoiser,
    context: readonly number[],
    lasting: number,
  ) {
    denoiser.recall(context, lasting);
    this.cachedTokens = sharedLength(denoiser.cached, context);
    denoiser.truncate(this.cachedTokens);
    this.progress = new CanvasProgress(context.slice(this.cachedTokens), this.cachedTokens);
  }

  /** Passes but the prefill's. */
  get count(): number {
    return this.progress.passes;
  }

  get prefillTokens(): number {
    return this.progress.prefillTokens;
  }

  /** Computes the context that the cache lacks, slice by slice, but for the last few tokens, which ride in the first pass. */
  async prefill({ sliceTokens, leadTokens }: ContextBudget, shouldStop: () => StopReason | undefined): Promise<StopReason | undefined> {
    const { progress } = this;
    while (progress.lead.length > leadTokens) {
      const stopped = shouldStop();
      if (stopped) return stopped;
      const slice = progress.lead.slice(0, sliceTokens);
      await this.denoiser.forward(slice, [], []);
      progress.advance(slice.length);
    }
    return undefined;
  }

  /** @returns logits of the pass's rows, valid until the next call */
  async run(pass: SamplerPass): Promise<readonly Float32Array[]> {
    const { clean, block, rows } = this.progress.behindLead(pass);
    const logits = await this.denoiser.forward(clean, block, rows);
    this.progress.ran();
    return logits;
  }

  /** Forgets the last pass's clean tokens but the first `clean`. */
  keep(clean: number): void {
    this.progress.keptTokens += clean;
    this.denoiser.truncate(this.progress.keptTokens);
  }
}
