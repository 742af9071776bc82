/** What the caller got wrong, in one sentence that says what to do. The process ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
