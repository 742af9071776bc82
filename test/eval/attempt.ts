import type { InfillEnd } from "../../src/backends/infiller";
import type { Problem } from "./problem";

/** What a model wrote for a problem, and what that took. */
export interface Attempt {
  /** as it came: neither cut at a line nor at the true length, which the model does not know */
  readonly text: string;
  /** ids of what the model was given, in its own vocabulary: a second implementation can go on from the same ones */
  readonly canvas: readonly number[];
  /** the typed head's end, which stands behind `canvas` and is spelt by the first of `ids` */
  readonly head: string;
  /** ids of what it wrote behind that, the end token counted */
  readonly ids: readonly number[];
  /** forward passes but the prefill */
  readonly passes: number;
  /** tokens that these passes gave, the end token counted */
  readonly writtenTokens: number;
  /** from the request to the answer */
  readonly ms: number;
  readonly ended: InfillEnd;
}

/** What makes a contestant's answers what they are: where one of these differs, they are another's. */
export type ContestantSettings = Readonly<Record<string, string | number | boolean>>;

/** A model with a sampler, or a peer, that is ready to answer. */
export interface Contestant {
  /** @throws EvalError interrupted, contestantDied */
  attempt(problem: Problem, signal: AbortSignal): Promise<Attempt>;
  stop(): Promise<void>;
}

/** A contestant before it takes half a gigabyte of memory. */
export interface Entry {
  readonly name: string;
  readonly settings: ContestantSettings;
  start(): Promise<Contestant>;
}
