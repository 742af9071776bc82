import { UNSEEN } from "./graph";

/**
 * Who sees whom in a pass of N clean tokens and a block of B behind them, over P cached positions: the additive bias [N+B, P+N+B].
 * Everyone sees the cache; a clean row sees the clean rows up to itself; a row of the block sees all clean rows and the whole block.
 */
export function attentionBias(cached: number, clean: number, block: number): Float32Array {
  const rows = clean + block;
  const total = cached + rows;
  const bias = new Float32Array(rows * total);
  for (let row = 0; row < clean; row++) bias.fill(UNSEEN, row * total + cached + row + 1, (row + 1) * total);
  return bias;
}

/** Positions P … P+rows-1, as the graph wants them. */
export function positionsFrom(cached: number, rows: number): BigInt64Array {
  return BigInt64Array.from({ length: rows }, (_, row) => BigInt(cached + row));
}
