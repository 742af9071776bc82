/** Why nothing is shown. Each is logged by its name; none is an error. */
export type NoSuggestionReason =
  /** switched off for all or for the language */
  | "off"
  /** the setting says that suggestions come by key alone */
  | "notInvoked"
  /** the user wants none for a while */
  | "snoozed"
  /** named by `unmask.exclude` */
  | "excludedFile"
  /** the cursor stands before the rest of a word */
  | "insideWord"
  /** more than closers stands after the cursor */
  | "textAfterCursor"
  | "insideComment"
  | "insideString"
  /** a newer keystroke came */
  | "superseded"
  /** the engine stopped early and nothing was certain yet */
  | "outOfTime"
  | "empty"
  | "onlyWhiteSpace"
  | "repeatsLineBefore"
  /** it writes the same thing over and over */
  | "repeatsItself"
  | "equalsNextLine"
  | "suffixPresent"
  /** the model is not sure enough of any head of its answer */
  | "unsure"
  /** the answer does not lead into the rest of the line */
  | "doesNotFit"
  /** VS Code would not show it */
  | "notVisible"
  /** the suggest widget's selected item is not where the cursor is */
  | "selectedItemElsewhere"
  /** a selection is being filled, and there is one engine */
  | "fillRunning"
  /** there is no model yet; the status item says how to get it */
  | "noModel"
  /** the engine failed; the status item says more */
  | "engineFailed";

export interface NoSuggestion {
  readonly kind: "none";
  readonly reason: NoSuggestionReason;
}

export interface Suggestion {
  readonly kind: "suggestion";
  /** `\n` line ends */
  readonly insertText: string;
  /** UTF-16 units before and after the cursor, in its line, that the text replaces */
  readonly replaceBefore: number;
  readonly replaceAfter: number;
  /** Probability by the model that the text is right, in [0, 1]. */
  readonly sureness: number;
  /** UTF-16 units of `insertText` before the first uncertain token. */
  readonly certainChars: number;
  /** Where it came from: for the log. */
  readonly source: "cache" | "engine";
}

/** What comes of a keystroke. */
export type Outcome = Suggestion | NoSuggestion;

export function none(reason: NoSuggestionReason): NoSuggestion {
  return { kind: "none", reason };
}
