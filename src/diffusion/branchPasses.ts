import { behindLead } from "./behindLead";
import type { ContextBudget } from "./contextBudget";
import type { Branches } from "./denoiser";
import type { StopReason } from "./passes";
import type { SamplerPass } from "./samplers/sampler";

/** A branch's own tokens of its context, and what it costs. */
class Lead {
  /** Passes but the prefill's. */
  count = 0;
  prefillTokens = 0;
  /** Kept tokens of the branch. */
  base = 0;

  constructor(public tokens: readonly number[]) {}

  advance(tokens: number): void {
    this.tokens = this.tokens.slice(tokens);
    this.base += tokens;
    this.prefillTokens += tokens;
  }
}

/** Runs the passes that several branches share: as `Passes` does for one canvas, it brings to each what its context has beyond the shared one, and counts. */
export class BranchPasses {
  private readonly leads: readonly Lead[];

  /** @param own of each branch, the context's tokens behind the shared ones */
  constructor(
    private readonly branches: Branches,
    own: readonly (readonly number[])[],
  ) {
    this.leads = own.map((tokens) => new Lead(tokens));
  }

  /** What the branch has cost so far. */
  costOf(branch: number): { readonly passes: number; readonly prefillTokens: number } {
    const { count, prefillTokens } = this.leads[branch]!;
    return { passes: count, prefillTokens };
  }

  /** Computes the branches' own contexts, a slice of all together at a time, but for the last few tokens, which ride in each one's first pass. */
  async prefill({ sliceTokens, leadTokens }: ContextBudget, shouldStop: () => StopReason | undefined): Promise<StopReason | undefined> {
    for (;;) {
      const long = this.leads.map((lead, branch) => ({ lead, branch })).filter(({ lead }) => lead.tokens.length > leadTokens);
      if (long.length === 0) return undefined;
      const stopped = shouldStop();
      if (stopped) return stopped;
      const share = Math.max(1, Math.floor(sliceTokens / long.length));
      await this.branches.forward(long.map(({ lead, branch }) => ({ branch, clean: lead.tokens.slice(0, share), block: [], rows: [] })));
      for (const { lead } of long) lead.advance(Math.min(share, lead.tokens.length));
    }
  }

  /**
   * @param passes of those branches that go on, each at most once
   * @returns for each of them, in order, the logits of its rows, valid until the next call
   */
  async run(passes: readonly { readonly branch: number; readonly pass: SamplerPass }[]): Promise<readonly (readonly Float32Array[])[]> {
    const logits = await this.branches.forward(
      passes.map(({ branch, pass }) => ({ branch, ...behindLead(this.leads[branch]!.tokens, pass) })),
    );
    for (const { branch } of passes) {
      const lead = this.leads[branch]!;
      lead.advance(lead.tokens.length);
      lead.count++;
    }
    return logits;
  }

  /** Forgets the clean tokens of the branch's last pass but the first `clean`. */
  keep(branch: number, clean: number): void {
    const lead = this.leads[branch]!;
    lead.base += clean;
    this.branches.truncate(branch, lead.base);
  }
}
