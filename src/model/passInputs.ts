import type { BranchRows } from "../diffusion/denoiser";
import { UNSEEN } from "./graph";

/** Rows of a pass that belong together: clean tokens, and a block behind them. */
type Rows = Pick<BranchRows, "branch" | "clean" | "block">;

/**
 * Who sees whom in a pass of several branches over P cached positions and K rows behind them that earlier passes kept, R rows in all: the additive bias
 * [R*copies, P+K+R]. Everyone sees the cache and what was kept of its own branch; a clean row sees the branch's clean rows up to itself; a row of a block
 * sees all clean rows of its branch and the whole block. Nobody sees another branch.
 * @param kept of each of the K rows, the branch it belongs to
 * @param passes in the order of their rows, each its clean ones and then its block
 * @param copies how often each row stands there, one below the other: once for each query head of a group
 */
export function attentionBias(cached: number, kept: readonly number[], passes: readonly Rows[], copies: number): Float32Array {
  const rows = passes.reduce((sum, pass) => sum + rowsOf(pass), 0);
  const firstNew = cached + kept.length;
  const total = firstNew + rows;
  const bias = new Float32Array(rows * copies * total);
  let start = 0;
  for (const pass of passes) {
    const end = start + rowsOf(pass);
    for (let row = start; row < end; row++) {
      const seenEnd = row < start + pass.clean.length ? row + 1 : end;
      for (let at = row * copies * total; at < (row + 1) * copies * total; at += total) {
        for (const [index, owner] of kept.entries()) if (owner !== pass.branch) bias[at + cached + index] = UNSEEN;
        bias.fill(UNSEEN, at + firstNew, at + firstNew + start);
        bias.fill(UNSEEN, at + firstNew + seenEnd, at + total);
      }
    }
    start = end;
  }
  return bias;
}

/** Where each row stands, as the graph wants it: each branch's rows go on behind the P cached positions and what it has kept. */
export function positionsOf(cached: number, kept: readonly number[], passes: readonly Rows[]): BigInt64Array {
  return BigInt64Array.from(
    passes.flatMap((pass) => {
      const first = cached + kept.filter((owner) => owner === pass.branch).length;
      return Array.from({ length: rowsOf(pass) }, (_, row) => BigInt(first + row));
    }),
  );
}

/** Which of all rows are to become logits, ascending: those that each branch wants of its own. */
export function wantedRows(passes: readonly BranchRows[]): number[] {
  let start = 0;
  return passes.flatMap((pass) => {
    const first = start;
    start += rowsOf(pass);
    return pass.rows.map((row) => first + row);
  });
}

function rowsOf({ clean, block }: Pick<Rows, "clean" | "block">): number {
  return clean.length + block.length;
}
