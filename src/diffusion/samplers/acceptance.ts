/** Older verdicts fade: what a file's repetitions were worth says little of the next file's. */
const MEMORY = 0.97;

/** How often a kind of draft is right, learned from the clean passes' verdicts. */
export class Acceptance {
  private right: number;
  private wrong: number;

  /** @param first the rate before anything was learned, in (0, 1) @param weight how many tokens that is worth */
  constructor(first: number, weight = 8) {
    this.right = first * weight;
    this.wrong = (1 - first) * weight;
  }

  /** How likely a token is right where those before it are, in (0, 1). */
  get rate(): number {
    return this.right / (this.right + this.wrong);
  }

  /** @param right of `offered` tokens, from the first on; the token after them was wrong, where there was one */
  note(offered: number, right: number): void {
    if (offered === 0) return;
    // the prior's own share stays, so that a rate never becomes 0 and a kind of draft never goes untried for good
    this.right = Math.max(0.05, this.right * MEMORY) + right;
    this.wrong = Math.max(0.05, this.wrong * MEMORY) + Number(right < offered);
  }
}
