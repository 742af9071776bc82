import type { StoreError } from "./storeError";

/** A failure that another attempt may mend; `storeError` is what to say when none does. */
export class PassingFailure extends Error {
  constructor(
    readonly storeError: StoreError,
    readonly retryAfterMs?: number,
  ) {
    super(storeError.message, { cause: storeError });
    this.name = "PassingFailure";
  }
}
