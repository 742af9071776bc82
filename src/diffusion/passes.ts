import type { Canvas } from "./canvas";
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

  /** @param canvas its known tokens but the last stand before the first pass's clean ones. What the cache holds of them is kept, the rest of it forgotten. */
  constructor(
    private readonly denoiser: Denoiser,
    { known, lasting }: Pick<Canvas, "known" | "lasting">,
  ) {
    const context = known.slice(0, -1);
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
  async run({ clean, block, rows }: SamplerPass): Promise<readonly Float32Array[]> {
    const { lead } = this;
    const logits = await this.denoiser.forward([...lead, ...clean], block, lead.length === 0 ? rows : rows.map((row) => row + lead.length));
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
