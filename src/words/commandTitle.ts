import * as l10n from "@vscode/l10n";

/** Commands that a sentence may name, without the "unmask." before them. */
export const NAMED_COMMANDS = ["getModel", "restartEngine", "openSettings", "showLog", "fillSelection"] as const;
export type NamedCommandId = (typeof NAMED_COMMANDS)[number];

/** A command's title in the user's language. Must be the one that package.nls.*.json has, which the palette shows. */
export function commandTitle(id: NamedCommandId): string {
  switch (id) {
    case "getModel":
      return l10n.t("Get Model");
    case "restartEngine":
      return l10n.t("Restart Engine");
    case "openSettings":
      return l10n.t("Open Settings");
    case "showLog":
      return l10n.t("Show Log");
    case "fillSelection":
      return l10n.t("Fill Selection");
  }
}
