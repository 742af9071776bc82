import fc from "fast-check";
import { plainArgmax, type Table } from "./table";
import { SPECIAL } from "./tinyTokenizer";

/** The product's softmax is right to 1/4096: of two that lie closer either may be the surer. */
const TOO_CLOSE = 1 / 2_048;

/** A block denoised by confidence, plainly: every row read anew in every pass, written after the training sketch and apart from the product. Where rounding decides, the example does not count. */
export function blockByConfidence(table: Table, visible: readonly number[], blockSize: number, threshold: number): number[] {
  const block = Array<number>(blockSize).fill(SPECIAL.mask);
  const closed = () => block.includes(SPECIAL.end) && !block.slice(0, block.indexOf(SPECIAL.end)).includes(SPECIAL.mask);
  while (block.includes(SPECIAL.mask) && !closed()) {
    const rows = block.map((_, i) => (i === 0 ? table.next(visible) : table.draft(visible, block, i - 1)));
    const tokens = rows.map((row) => plainArgmax(row));
    const sure = rows.map((row, i) => Math.exp(row[tokens[i]!]!) / row.reduce((sum, logit) => sum + Math.exp(logit), 0));
    const masked = block.flatMap((token, i) => (token === SPECIAL.mask ? [i] : []));
    const surest = masked.reduce((a, b) => (sure[b]! > sure[a]! ? b : a));
    for (const i of masked) fc.pre(i === surest || !isClose(sure[i]!, sure[surest]!) || plainlyEqual(rows[i]!, rows[surest]!));
    for (const i of masked) fc.pre(!isClose(sure[i]!, threshold));
    for (const i of masked) if (i === surest || sure[i]! > threshold) block[i] = tokens[i]!;
  }
  return block;
}

function isClose(a: number, b: number): boolean {
  return a !== b && Math.abs(a - b) < TOO_CLOSE;
}

/** Both then round alike, and the leftmost is taken. */
function plainlyEqual(a: Float32Array, b: Float32Array): boolean {
  return a.every((logit, i) => logit === b[i]);
}
