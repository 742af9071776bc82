import type { StatusInput } from "./statusView";

export interface MenuItem {
  readonly label: string;
  readonly description?: string;
  readonly command: string;
}

/** What the menu offers: first what helps where something is in the way, since that is what Enter takes. */
export function menuItems({ enabled, language, snoozed, model, engine }: StatusInput): readonly MenuItem[] {
  const isModelWanted = model.kind === "missing" || model.kind === "failed" || model.kind === "unknown" || isModelUnusable(engine);
  const getModel = { label: "$(cloud-download) Get model", command: "unmask.getModel" };
  const restart = { label: "$(refresh) Restart engine", command: "unmask.restartEngine" };
  const first = !enabled ? [] : isModelWanted && model.kind !== "unknown" ? [getModel] : engine.kind === "failed" ? [restart] : [];
  const wake = { label: "$(bell) Wake up", description: "suggestions were snoozed", command: "unmask.endSnooze" };
  const isSnoozed = enabled && snoozed !== undefined;
  const items: MenuItem[] = [
    ...(isSnoozed ? [wake] : []),
    ...first,
    { label: enabled ? "$(circle-slash) Switch off" : "$(check) Switch on", description: "for all languages", command: "unmask.toggle" },
  ];
  if (language !== undefined) {
    items.push({
      label: language.on ? `$(circle-slash) Switch off for ${language.id}` : `$(check) Switch on for ${language.id}`,
      command: "unmask.toggleLanguage",
    });
  }
  if (enabled) items.push({ label: "$(bell-slash) Snooze…", description: "for a while, in this window", command: "unmask.snooze" });
  items.push(
    ...(isModelWanted ? [getModel] : []),
    { label: "$(eye) Show denoising trace", command: "unmask.showDenoisingTrace" },
    { label: "$(graph) Show statistics", command: "unmask.showStatistics" },
    restart,
    { label: "$(chip) Choose model…", command: "unmask.chooseModel" },
    { label: "$(output) Show log", command: "unmask.showLog" },
    { label: "$(gear) Settings", command: "unmask.openSettings" },
  );
  return items.filter((item, index) => items.indexOf(item) === index);
}

function isModelUnusable(engine: StatusInput["engine"]): boolean {
  return engine.kind === "failed" && (engine.failure.kind === "modelDamaged" || engine.failure.kind === "modelMissing");
}
