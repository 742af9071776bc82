/**
 * The token with the greatest logit among those that `allowed` lets through; a tie goes to the lower id. NaN counts as minus infinity.
 * @param row [V] logits, not changed
 * @returns its id, or -1 where no allowed token has a logit above minus infinity
 */
export function mostLikely(row: Float32Array, allowed: (token: number) => boolean): number {
  let best = -1;
  let bestLogit = -Infinity;
  for (let token = 0; token < row.length; token++) {
    // `allowed` is asked only where the maximum would move: some ten times a row
    if (row[token]! > bestLogit && allowed(token)) {
      best = token;
      bestLogit = row[token]!;
    }
  }
  return best;
}
