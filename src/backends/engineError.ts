/** Why a backend cannot answer. Cancelled, late and empty are outcomes (see `Infill.ended`), so they are not here. */
export type EngineFailure =
  /** no prepared model at the place named */
  | { readonly kind: "modelMissing"; readonly directory: string }
  /** files that cannot be what they should be; `detail` is one clause that says what is wrong */
  | { readonly kind: "modelDamaged"; readonly file: string; readonly detail: string }
  /** the child process could not be started, or died before it was ready */
  | { readonly kind: "engineWontStart"; readonly detail: string }
  /** the child process died while answering */
  | { readonly kind: "engineDied"; readonly detail: string }
  /** it died too often: it stays down until the user restarts it */
  | { readonly kind: "engineKeepsDying"; readonly times: number; readonly detail: string }
  /** the request itself is malformed */
  | { readonly kind: "badRequest"; readonly detail: string };

/** The only error that crosses from a backend to a caller. Its message is one sentence that says what to do. */
export class EngineError extends Error {
  constructor(
    readonly failure: EngineFailure,
    options?: ErrorOptions,
  ) {
    super(explain(failure), options);
    this.name = "EngineError";
  }
}

/** One sentence for the user, with what to do at its end. */
export function explain(failure: EngineFailure): string {
  switch (failure.kind) {
    case "modelMissing":
      return `There is no model at ${failure.directory} yet: run "Unmask: Get Model", or "npm start" in a clone.`;
    case "modelDamaged":
      return `${failure.file} is damaged (${failure.detail}): run "Unmask: Get Model" to make it anew.`;
    case "engineWontStart":
      return `The engine does not start (${failure.detail}): run "Unmask: Show Log" for the whole story.`;
    case "engineDied":
      return `The engine stopped (${failure.detail}); it starts again with the next request.`;
    case "engineKeepsDying":
      return `The engine stopped ${failure.times} times in a row (${failure.detail}): run "Unmask: Restart Engine", and "Unmask: Show Log" if it happens again.`;
    case "badRequest":
      return `The engine refused the request (${failure.detail}): please report this with the log ("Unmask: Show Log").`;
  }
}
