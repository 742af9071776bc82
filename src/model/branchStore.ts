import type { BranchRows } from "../diffusion/denoiser";
import type { KvCache } from "./kvCache";

/**
 * Keys and values of the tokens that each of several branches has beyond a cache that all see. They lie behind the cache's own rows, mixed, so that a pass
 * copies nothing; `owners` says whose each is. As soon as the cache itself changes they are gone.
 */
export class BranchStore {
  /** Of each row behind the cached ones, the branch that sees it. */
  readonly owners: number[] = [];

  constructor(private readonly cache: KvCache) {}

  /**
   * Keeps the clean rows of a pass.
   * @param passes as they stood in the pass, one behind the other, each its clean rows and then its block
   * @param rows for each buffer of the cache all the pass's rows [R,G,D]
   */
  append(passes: readonly BranchRows[], rows: readonly Float32Array[]): void {
    let at = 0;
    for (const { branch, clean, block } of passes) {
      this.cache.writeBehind(this.owners.length, at, clean.length, rows);
      this.owners.push(...clean.map(() => branch));
      at += clean.length + block.length;
    }
  }

  /** Forgets a branch's tokens from its own index `length` on: what lies behind them moves up. */
  truncate(branch: number, length: number): void {
    const kept: number[] = [];
    let own = 0;
    for (const [at, owner] of this.owners.entries()) {
      if (owner === branch && own++ >= length) continue;
      if (kept.length < at) this.cache.moveBehind(at, kept.length, 1);
      kept.push(owner);
    }
    this.owners.splice(0, Infinity, ...kept);
  }
}
