/** Why a file gives no pieces. */
export type LeftOutReason =
  "excluded" | "ignored" | "hidden" | "generated" | "outside" | "notAFile" | "tooLarge" | "unreadable" | "tooMany" | "untrusted";

/** A file that was looked at and not used. */
export interface LeftOut {
  readonly path: string;
  readonly reason: LeftOutReason;
}

const SENTENCES: Readonly<Record<LeftOutReason, string>> = {
  excluded: "`unmask.exclude` names it",
  ignored: "git ignores it",
  hidden: "`files.exclude` hides it",
  generated: "it lies in a folder of dependencies or of the version control",
  outside: "it lies outside the folders that are open",
  notAFile: "it is no file on this machine's disk",
  tooLarge: "it is too large",
  unreadable: "it cannot be read, or is no text",
  tooMany: "enough other files were found before it",
  untrusted: "the folder is not trusted, so only files that are open are read",
};

/** Why, in words. */
export function explainLeftOut(reason: LeftOutReason): string {
  return SENTENCES[reason];
}
