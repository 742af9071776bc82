import { CanvasProgress } from "./canvasProgress";
import type { ContextBudget } from "./contextBudget";
import type { Branches } from "./denoiser";
import type { StopReason } from "./passes";
import type { SamplerPass } from "./samplers/sampler";

/** Runs the passes that several branches share: as `Passes` does for one canvas, it brings to each what its context has beyond the shared one, and counts. */
export class BranchPasses {
  private readonly progress: readonly CanvasProgress[];

  /** @param own of each branch, the context's tokens behind the shared ones */
  constructor(
    private readonly branches: Branches,
    own: readonly (readonly number[])[],
  ) {
    this.progress = own.map((tokens) => new CanvasProgress(tokens, 0));
  }

  /** What the branch has cost so far, without what it shares. */
  costOf(branch: number): { readonly passes: number; readonly prefillTokens: number } {
    const { passes, prefillTokens } = this.progress[branch]!;
    return { passes, prefillTokens };
  }

  /** Computes the branches' own contexts, a slice of all together at a time, but for the last few tokens, which ride in each one's first pass. */
  async prefill({ sliceTokens, leadTokens }: ContextBudget, shouldStop: () => StopReason | undefined): Promise<StopReason | undefined> {
    for (;;) {
      const long = [...this.progress.entries()].filter(([, { lead }]) => lead.length > leadTokens);
      if (long.length === 0) return undefined;
      const stopped = shouldStop();
      if (stopped) return stopped;
      const share = Math.max(1, Math.floor(sliceTokens / long.length));
      await this.branches.forward(long.map(([branch, { lead }]) => ({ branch, clean: lead.slice(0, share), block: [], rows: [] })));
      for (const [, progress] of long) progress.advance(Math.min(share, progress.lead.length));
    }
  }

  /**
   * @param passes of those branches that go on, each at most once
   * @returns for each of them, in order, the logits of its rows, valid until the next call
   */
  async run(passes: readonly { readonly branch: number; readonly pass: SamplerPass }[]): Promise<readonly (readonly Float32Array[])[]> {
    const logits = await this.branches.forward(passes.map(({ branch, pass }) => ({ branch, ...this.progress[branch]!.behindLead(pass) })));
    for (const { branch } of passes) this.progress[branch]!.ran();
    return logits;
  }

  /** Forgets the clean tokens of the branch's last pass but the first `clean`. */
  keep(branch: number, clean: number): void {
    const progress = this.progress[branch]!;
    progress.keptTokens += clean;
    this.branches.truncate(branch, progress.keptTokens);
  }
}
