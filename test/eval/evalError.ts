/** Why an evaluation can't go on. A wrong answer is a verdict, so it is not listed here. */
export type EvalFailure =
  | { readonly kind: "badOption"; readonly detail: string }
  | { readonly kind: "badData"; readonly file: string; readonly line: number; readonly detail: string }
  | { readonly kind: "noData"; readonly file: string; readonly detail: string }
  | { readonly kind: "noModel"; readonly path: string; readonly detail: string }
  | { readonly kind: "noPeer"; readonly folder: string; readonly detail: string }
  | { readonly kind: "noBuild"; readonly file: string; readonly code: string }
  /** while the evaluation ran */
  | { readonly kind: "rebuilt"; readonly file: string }
  | { readonly kind: "noPython"; readonly detail: string }
  | { readonly kind: "noSandbox"; readonly detail: string }
  /** the engine or the peer */
  | { readonly kind: "contestantDied"; readonly name: string; readonly problem: string; readonly detail: string }
  /** it is there, and it is no file of an evaluation */
  | { readonly kind: "badResult"; readonly file: string; readonly detail: string }
  | { readonly kind: "otherSettings"; readonly file: string; readonly differences: readonly string[] }
  | { readonly kind: "notWritten"; readonly file: string; readonly code: string }
  | { readonly kind: "noMarkers"; readonly file: string; readonly marker: string }
  | { readonly kind: "interrupted"; readonly file: string | undefined };

export class EvalError extends Error {
  constructor(
    readonly failure: EvalFailure,
    options?: ErrorOptions,
  ) {
    super(explainEvalFailure(failure), options);
    this.name = "EvalError";
  }
}

/** One sentence, with what to do at its end. A new kind without a sentence does not compile. */
export function explainEvalFailure(failure: EvalFailure): string {
  switch (failure.kind) {
    case "badOption":
      return failure.detail;
    case "badData":
      return `${failure.file}:${failure.line} ${failure.detail}: mend or fetch the file anew.`;
    case "noData":
      return `${failure.file} ${failure.detail}: name a set with --data.`;
    case "noModel":
      return `${failure.path} ${failure.detail}.`;
    case "noPeer":
      return `llama.cpp does not start from ${failure.folder} (${failure.detail}): install node-llama-cpp there, or leave --peer out.`;
    case "noBuild":
      return `${failure.file} can't be read (${failure.code}): build it with "node esbuild.mjs".`;
    case "rebuilt":
      return `${failure.file} was built anew while the evaluation ran: build it as before and the same command goes on, or name another file with --json.`;
    case "noPython":
      return `python3 can't be started (${failure.detail}): the problems' tests need it.`;
    case "noSandbox":
      return `The problems' tests can't be run safely (${failure.detail}): run them on another system.`;
    case "contestantDied":
      return `${failure.name} died at ${failure.problem} (${failure.detail}): what it had answered is kept, and the same command goes on from there.`;
    case "badResult":
      return `${failure.file} ${failure.detail}: name another file with --json.`;
    case "otherSettings":
      return `${failure.file} was made with other settings (${failure.differences.join("; ")}): name another file with --json, or delete this one.`;
    case "notWritten":
      return `${failure.file} can't be written (${failure.code}); what was saved before is whole: make room, and the same command goes on from there.`;
    case "noMarkers":
      return `${failure.file} has no ${failure.marker}: put the begin and the end marker where the tables belong.`;
    case "interrupted":
      return failure.file === undefined ? "Interrupted." : `Interrupted: the same command goes on from what ${failure.file} holds.`;
  }
}
