/**
 * Softmax of some tokens over the whole row. NaN counts as minus infinity; where logits are plus infinity, those share all of the probability.
 * @param row [V] logits, not changed
 * @param tokens ids in [0, V)
 * @returns one probability in [0, 1] for each of `tokens`; all 0 where no logit is a number
 */
export function probabilities(row: Float32Array, tokens: readonly number[]): number[] {
  let highest = -Infinity;
  for (const logit of row) if (logit > highest) highest = logit;
  if (highest === -Infinity) return tokens.map(() => 0);
  const weight = (logit: number) =>
    Number.isNaN(logit) ? 0 : highest === Infinity ? Number(logit === Infinity) : Math.exp(logit - highest);
  let sum = 0;
  for (const logit of row) sum += weight(logit);
  return tokens.map((token) => weight(row[token]!) / sum);
}
