import { UNSEEN } from "./graph";

/**
 * Who sees whom in a pass of N clean tokens and a block of B behind them, over P cached positions: the additive bias [(N+B)*copies, P+N+B].
 * Everyone sees the cache; a clean row sees the clean rows up to itself; a row of the block sees all clean rows and the whole block.
 * @param copies how often each row stands there, one below the other: once for each query head of a group
 */
export function attentionBias(cached: number, clean: number, block: number, copies: number): Float32Array {
  const rows = clean + block;
  const total = cached + rows;
  const bias = new Float32Array(rows * copies * total);
  for (let row = 0; row < clean; row++) {
    for (let copy = row * copies; copy < (row + 1) * copies; copy++) bias.fill(UNSEEN, copy * total + cached + row + 1, (copy + 1) * total);
  }
  return bias;
}

/** Positions P … P+rows-1, as the graph wants them. */
export function positionsFrom(cached: number, rows: number): BigInt64Array {
  return BigInt64Array.from({ length: rows }, (_, row) => BigInt(cached + row));
}
