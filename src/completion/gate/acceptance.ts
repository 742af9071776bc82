/**
 * How likely this person is to take a suggestion, by the model's own sureness s: 1 / (1 + exp(-(a + b logit s))), Platt's scaling, learned one
 * suggestion after the other by online Newton steps (the Laplace approximation of Spiegelhalter and Lauritzen, 1990) from a prior that a replay gave.
 */
export interface Acceptance {
  readonly a: number;
  readonly b: number;
  /** The information matrix [[aa, ab], [ab, bb]]: how much stands behind a and b. */
  readonly aa: number;
  readonly ab: number;
  readonly bb: number;
}

/** What accepts and dismissals weigh is forgotten with this factor a suggestion: some 500 count. */
const MEMORY = 0.998;
/** Sureness of 0 or 1 would be an infinite logit. */
const EDGE = 1e-4;
/** However someone accepts, the slope stays one that prefers the surer. */
const SLOPE = [0.2, 3] as const;
const SHIFT = [-6, 6] as const;

/** One suggestion more. @param sureness in [0, 1] */
export function learn(now: Acceptance, prior: Acceptance, sureness: number, isTaken: boolean): Acceptance {
  const x = logit(sureness);
  const p = logistic(now.a + now.b * x);
  const weight = Math.max(p * (1 - p), 1e-3);
  const fade = (value: number, least: number): number => MEMORY * value + (1 - MEMORY) * least;
  const aa = fade(now.aa, prior.aa) + weight;
  const ab = fade(now.ab, prior.ab) + weight * x;
  const bb = fade(now.bb, prior.bb) + weight * x * x;
  // What is forgotten pulls towards the prior, as its weight stays.
  const pull = 1 - MEMORY;
  const surprise = (isTaken ? 1 : 0) - p;
  const ga = surprise + pull * (prior.aa * (prior.a - now.a) + prior.ab * (prior.b - now.b));
  const gb = surprise * x + pull * (prior.ab * (prior.a - now.a) + prior.bb * (prior.b - now.b));
  const determinant = aa * bb - ab * ab;
  return {
    a: within(SHIFT, now.a + (bb * ga - ab * gb) / determinant),
    b: within(SLOPE, now.b + (aa * gb - ab * ga) / determinant),
    aa,
    ab,
    bb,
  };
}

/** The sureness from which on a suggestion is taken with a probability of `wanted` at least. In [least, most]: it never shows all, nor nothing for good. */
export function leastSureness({ a, b }: Acceptance, wanted: number, [least, most]: readonly [number, number]): number {
  return within([least, most], logistic((logit(wanted) - a) / b));
}

function logit(probability: number): number {
  const p = within([EDGE, 1 - EDGE], probability);
  return Math.log(p / (1 - p));
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

function within([least, most]: readonly [number, number], value: number): number {
  return Math.min(most, Math.max(least, value));
}
