import * as l10n from "@vscode/l10n";
import type { SnoozeEnd } from "./snooze";

/** "snoozed until 14:05", by the user's clock. */
export function snoozeWords(end: SnoozeEnd): string {
  return end.kind === "windowCloses"
    ? l10n.t("snoozed until the window closes")
    : l10n.t("snoozed until {0}", clockTime(new Date(end.atMs)));
}

function clockTime(time: Date): string {
  return [time.getHours(), time.getMinutes()].map((number) => String(number).padStart(2, "0")).join(":");
}
