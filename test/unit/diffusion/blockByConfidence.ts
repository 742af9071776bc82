import { plainArgmax, type Table } from "./table";
import { SPECIAL } from "./tinyTokenizer";

/** A block denoised by confidence, plainly: every row read anew in every pass, written after the training sketch and apart from the product. */
export function blockByConfidence(table: Table, visible: readonly number[], blockSize: number, threshold: number): number[] {
  const block = Array<number>(blockSize).fill(SPECIAL.mask);
  const closed = () => block.includes(SPECIAL.end) && !block.slice(0, block.indexOf(SPECIAL.end)).includes(SPECIAL.mask);
  while (block.includes(SPECIAL.mask) && !closed()) {
    const rows = block.map((_, i) => (i === 0 ? table.next(visible) : table.draft(visible, block, i - 1)));
    const tokens = rows.map((row) => plainArgmax(row));
    const sure = rows.map((row, i) => Math.exp(row[tokens[i]!]!) / row.reduce((sum, logit) => sum + Math.exp(logit), 0));
    const masked = block.flatMap((token, i) => (token === SPECIAL.mask ? [i] : []));
    const surest = masked.reduce((a, b) => (sure[b]! > sure[a]! ? b : a));
    for (const i of masked) if (i === surest || sure[i]! > threshold) block[i] = tokens[i]!;
  }
  return block;
}
