import { behindLead } from "./behindLead";
import type { ContextBudget } from "./contextBudget";
import type { Denoiser } from "./denoiser";
import type { SamplerPass } from "./samplers/sampler";
import { sharedLength } from "./sharedLength";

export type StopReason = "aborted" | "deadline";

/** Runs a request's passes: brings its context into the cache, as much as possible of it from there, and counts. */
export class Passes {
  /** Passes but the prefill's. */
  count = 0;
  prefillTokens = 0;
  /** Context tokens that were in the cache already. */
  readonly cachedTokens: number;
  /** Context tokens that the next pass computes in front of its own. */
  private lead: readonly number[];
  private base: number;

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
    this.lead = context.slice(this.cachedTokens);
    this.base = this.cachedTokens;
  }

  /** Computes the context that the cache lacks, slice by slice, but for the last few tokens, which ride in the first pass. */
  async prefill({ sliceTokens, leadTokens }: ContextBudget, shouldStop: () => StopReason | undefined): Promise<StopReason | undefined> {
    while (this.lead.length > leadTokens) {
      const stopped = shouldStop();
      if (stopped) return stopped;
      const slice = this.lead.slice(0, sliceTokens);
      await this.denoiser.forward(slice, [], []);
      this.advance(slice.length);
    }
    return undefined;
  }

  /** @returns logits of the pass's rows, valid until the next call */
  async run(pass: SamplerPass): Promise<readonly Float32Array[]> {
    const { lead } = this;
    const led = behindLead(lead, pass);
    const logits = await this.denoiser.forward(led.clean, led.block, led.rows);
    this.advance(lead.length);
    this.count++;
    return logits;
  }

  /** Forgets the last pass's clean tokens but the first `clean`. */
  keep(clean: number): void {
    this.base += clean;
    this.denoiser.truncate(this.base);
  }

  private advance(contextTokens: number): void {
    this.lead = this.lead.slice(contextTokens);
    this.base += contextTokens;
    this.prefillTokens += contextTokens;
  }
}
