/** What a model wrote for a problem, and what that took. */
export interface Attempt {
  /** as it came: neither cut at a line nor at the true length, which the model does not know */
  readonly text: string;
  /** forward passes but the prefill */
  readonly passes: number;
  /** tokens that these passes gave, the end token counted */
  readonly writtenTokens: number;
  /** from the request to the answer */
  readonly ms: number;
  /** it was still writing when it was stopped */
  readonly ranOn: boolean;
}

/** A model with a sampler, or a peer. */
export interface Contestant {
  readonly name: string;
  attempt(problem: { readonly prefix: string; readonly suffix: string; readonly path?: string }): Promise<Attempt>;
  stop(): Promise<void>;
}
