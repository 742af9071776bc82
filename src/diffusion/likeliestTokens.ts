/**
 * The `count` tokens with the greatest logits, best first; a tie goes to the lower id. NaN and minus infinity never count.
 * @param row [V] logits, not changed
 */
export function likeliestTokens(row: Float32Array, count: number): number[] {
  const best: number[] = [];
  /** What a token must exceed to come in; most of a row fails here. */
  let bar = -Infinity;
  for (let token = 0; token < row.length; token++) {
    const logit = row[token]!;
    if (!(logit > bar)) continue;
    let at = best.length;
    while (at > 0 && row[best[at - 1]!]! < logit) at--;
    best.splice(at, 0, token);
    if (best.length > count) best.pop();
    if (best.length === count) bar = row[best[count - 1]!]!;
  }
  return best;
}
