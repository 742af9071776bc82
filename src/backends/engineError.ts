import * as l10n from "@vscode/l10n";
import { commandName } from "../words/commandName";

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

/** One sentence for the user, in the language of the window, with what to do at its end. `detail` stays as it came: the engine speaks English. */
export function explain(failure: EngineFailure): string {
  switch (failure.kind) {
    case "modelMissing":
      return l10n.t(`There is no model at {0} yet: run {1}, or "npm start" in a clone.`, failure.directory, commandName("getModel"));
    case "modelDamaged":
      return l10n.t("{0} is damaged ({1}): run {2} to make it anew.", failure.file, failure.detail, commandName("getModel"));
    case "engineWontStart":
      return l10n.t("The engine does not start ({0}): run {1} for the whole story.", failure.detail, commandName("showLog"));
    case "engineDied":
      return l10n.t("The engine stopped ({0}); it starts again with the next request.", failure.detail);
    case "engineKeepsDying":
      return l10n.t(
        "The engine stopped {0} times in a row ({1}): run {2}, and {3} if it happens again.",
        failure.times,
        failure.detail,
        commandName("restartEngine"),
        commandName("showLog"),
      );
    case "badRequest":
      return l10n.t("The engine refused the request ({0}): please report this with the log ({1}).", failure.detail, commandName("showLog"));
  }
}
