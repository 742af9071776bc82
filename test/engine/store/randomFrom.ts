/** Numbers in [0, 1): a linear congruential generator (Numerical Recipes), enough to choose by. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}
