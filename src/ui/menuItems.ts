import * as l10n from "@vscode/l10n";
import type { StatusInput } from "./statusView";

export interface MenuItem {
  readonly label: string;
  readonly description?: string;
  readonly command: string;
}

/** What the menu offers: first what helps where something is in the way, since that is what Enter takes. @param isNew whether the walkthrough was never opened */
export function menuItems({ enabled, language, snoozed, model, engine }: StatusInput, isNew = false): readonly MenuItem[] {
  const isModelWanted = model.kind === "missing" || model.kind === "failed" || model.kind === "unknown" || isModelUnusable(engine);
  const getModel = { label: `$(cloud-download) ${l10n.t("Get model")}`, command: "unmask.getModel" };
  const restart = { label: `$(refresh) ${l10n.t("Restart engine")}`, command: "unmask.restartEngine" };
  const first = !enabled ? [] : isModelWanted && model.kind !== "unknown" ? [getModel] : engine.kind === "failed" ? [restart] : [];
  const wake = { label: `$(bell) ${l10n.t("Wake up")}`, description: l10n.t("suggestions were snoozed"), command: "unmask.endSnooze" };
  const isSnoozed = enabled && snoozed !== undefined;
  const items: MenuItem[] = [
    ...(isSnoozed ? [wake] : []),
    ...first,
    {
      label: enabled ? `$(circle-slash) ${l10n.t("Switch off")}` : `$(check) ${l10n.t("Switch on")}`,
      description: l10n.t("for all languages"),
      command: "unmask.toggle",
    },
  ];
  if (language !== undefined) {
    items.push({
      label: language.on
        ? `$(circle-slash) ${l10n.t("Switch off for {0}", language.id)}`
        : `$(check) ${l10n.t("Switch on for {0}", language.id)}`,
      command: "unmask.toggleLanguage",
    });
  }
  if (enabled)
    items.push({
      label: `$(bell-slash) ${l10n.t("Snooze…")}`,
      description: l10n.t("for a while, in this window"),
      command: "unmask.snooze",
    });
  items.push(
    ...(isModelWanted ? [getModel] : []),
    { label: `$(eye) ${l10n.t("Show denoising trace")}`, command: "unmask.showDenoisingTrace" },
    { label: `$(graph) ${l10n.t("Show statistics")}`, command: "unmask.showStatistics" },
    ...(isNew || model.kind === "missing" ? [{ label: `$(book) ${l10n.t("Get started")}`, command: "unmask.openWalkthrough" }] : []),
    restart,
    { label: `$(chip) ${l10n.t("Choose model…")}`, command: "unmask.chooseModel" },
    { label: `$(output) ${l10n.t("Show log")}`, command: "unmask.showLog" },
    { label: `$(gear) ${l10n.t("Settings")}`, command: "unmask.openSettings" },
  );
  return items.filter((item, index) => items.indexOf(item) === index);
}

function isModelUnusable(engine: StatusInput["engine"]): boolean {
  return engine.kind === "failed" && (engine.failure.kind === "modelDamaged" || engine.failure.kind === "modelMissing");
}
