import type { SamplerPass } from "./samplers/sampler";

/** How far one canvas has come in the cache, and what that has cost. */
export class CanvasProgress {
  /** Passes but the prefill's. */
  passes = 0;
  prefillTokens = 0;

  /**
   * @param lead context tokens that the cache lacks yet
   * @param keptTokens of this canvas that the cache holds for good
   */
  constructor(
    public lead: readonly number[],
    public keptTokens: number,
  ) {}

  /** The pass with the tokens of the context in front of it that the cache lacks. */
  behindLead({ clean, block, rows }: SamplerPass): SamplerPass {
    const { lead } = this;
    return { clean: [...lead, ...clean], block, rows: lead.length === 0 ? rows : rows.map((row) => row + lead.length) };
  }

  /** So many tokens of the lead were read. */
  advance(tokens: number): void {
    this.lead = this.lead.slice(tokens);
    this.keptTokens += tokens;
    this.prefillTokens += tokens;
  }

  /** A pass has run, `behindLead`. */
  ran(): void {
    this.advance(this.lead.length);
    this.passes++;
  }
}
