import * as l10n from "@vscode/l10n";

/** Why a file gives no pieces. */
export type LeftOutReason =
  "excluded" | "ignored" | "hidden" | "generated" | "outside" | "notAFile" | "tooLarge" | "unreadable" | "tooMany" | "untrusted";

/** A file that was looked at and not used. */
export interface LeftOut {
  readonly path: string;
  readonly reason: LeftOutReason;
}

/** Why, in words. */
export function explainLeftOut(reason: LeftOutReason): string {
  switch (reason) {
    case "excluded":
      return l10n.t("{0} names it", "`unmask.exclude`");
    case "ignored":
      return l10n.t("git ignores it");
    case "hidden":
      return l10n.t("{0} hides it", "`files.exclude`");
    case "generated":
      return l10n.t("it lies in a folder of dependencies or of the version control");
    case "outside":
      return l10n.t("it lies outside the folders that are open");
    case "notAFile":
      return l10n.t("it is no file on this machine's disk");
    case "tooLarge":
      return l10n.t("it is too large");
    case "unreadable":
      return l10n.t("it cannot be read, or is no text");
    case "tooMany":
      return l10n.t("enough other files were found before it");
    case "untrusted":
      return l10n.t("the folder is not trusted, so only files that are open are read");
  }
}
