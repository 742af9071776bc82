import * as l10n from "@vscode/l10n";
import { statusView, type StatusInput } from "./statusView";

/** There is a language: VS Code shows no language status without a document. */
export type LanguageStatusInput = StatusInput & { readonly language: NonNullable<StatusInput["language"]> };

export interface LanguageStatusView {
  readonly text: string;
  /** where a region's end comes from, and what is in the way */
  readonly detail: string;
  readonly severity: "none" | "warning";
  readonly isBusy: boolean;
  readonly action: { readonly title: string; readonly command: string };
}

/** What VS Code's language status says of Unmask in the active file. @param hasTree whether a grammar reads this document */
export function languageStatusView(status: LanguageStatusInput, hasTree: boolean): LanguageStatusView {
  const { enabled, language, snoozed, model, engine } = status;
  const isOn = enabled && language.on;
  const isBroken = isOn && (model.kind === "failed" || model.kind === "missing" || engine.kind === "failed");
  const region = hasTree ? l10n.t("regions from the syntax tree") : l10n.t("regions from indentation");
  return {
    text: !isOn
      ? l10n.t("Unmask: suggestions off")
      : snoozed === undefined
        ? l10n.t("Unmask: suggestions on")
        : l10n.t("Unmask: suggestions snoozed"),
    // "Unmask: …" already says what to do.
    detail: isBroken ? `${region}; ${statusView(status).title}` : region,
    severity: isBroken ? "warning" : "none",
    isBusy: isOn && snoozed === undefined && (engine.kind === "loading" || model.kind === "getting"),
    action: actionOf(status),
  };
}

function actionOf({ enabled, language, snoozed }: LanguageStatusInput): LanguageStatusView["action"] {
  if (!enabled) return { title: l10n.t("Switch on"), command: "unmask.toggle" };
  if (language.on && snoozed !== undefined) return { title: l10n.t("Wake up"), command: "unmask.endSnooze" };
  return {
    title: language.on ? l10n.t("Switch off for {0}", language.id) : l10n.t("Switch on for {0}", language.id),
    command: "unmask.toggleLanguage",
  };
}
