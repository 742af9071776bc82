import * as l10n from "@vscode/l10n";
import { explain } from "../backends/engineError";
import type { EngineInUse, EngineState } from "../engine/engineState";
import type { ModelState } from "./modelKeeper";
import { percentOf, progressWords } from "./progressWords";
import type { SnoozeEnd } from "./snooze";
import { snoozeWords } from "./snoozeWords";
import { commandName } from "../words/commandName";

export interface StatusInput {
  readonly enabled: boolean;
  /** undefined: no editor is active */
  readonly language: { readonly id: string; readonly on: boolean } | undefined;
  /** absent: awake */
  readonly snoozed?: SnoozeEnd | undefined;
  readonly model: ModelState;
  readonly engine: EngineState;
}

export interface StatusView {
  /** with a codicon in front; always holds "Unmask" */
  readonly text: string;
  /** "Unmask: ready", and what is wrong */
  readonly title: string;
  /** for screen readers, and the tooltip: the title, and what a click is good for */
  readonly label: string;
  readonly severity: "none" | "warning" | "error";
}

/** What the one status item says. Off comes first, then what is in the way, then what goes on. */
export function statusView({ enabled, language, snoozed, model, engine }: StatusInput): StatusView {
  if (!enabled) return view("circle-slash", l10n.t("off"), "none", l10n.t("click to switch it on"));
  if (language?.on === false) return view("circle-slash", l10n.t("off for {0}", language.id), "none", l10n.t("click to switch it on"));
  if (snoozed !== undefined) return view("bell-slash", snoozeWords(snoozed), "none", l10n.t("click to wake it up"));
  switch (model.kind) {
    case "failed":
      return view("error", model.message, "error");
    case "missing":
      return view("warning", l10n.t("no model yet"), "warning", l10n.t("click, or run {0}", commandName("getModel")));
    case "getting":
      return getting(model);
    case "unknown":
    case "have":
      return engineView(engine);
  }
}

function getting({ progress }: ModelState & { kind: "getting" }): StatusView {
  const percent = percentOf(progress);
  const words = progressWords(progress);
  if (percent === undefined) return view("sync~spin", l10n.t("loading ({0})", words));
  const loading = view("sync~spin", l10n.t("loading {0} % ({1})", percent, words));
  return { ...loading, text: `${loading.text} ${percent} %` };
}

function engineView(engine: EngineState): StatusView {
  switch (engine.kind) {
    case "stopped":
      return engine.why === "otherWindow"
        ? view("circle-outline", l10n.t("asleep, another window has the engine: it comes back with the next keystroke"))
        : view("circle-outline", l10n.t("asleep: it wakes with the next keystroke"));
    case "loading":
      return view("sync~spin", l10n.t("loading the model"));
    case "ready":
      return view("circle-large-filled", l10n.t("ready ({0})", inUse(engine)));
    case "thinking":
      return view("loading~spin", l10n.t("thinking ({0})", inUse(engine)));
    case "failed":
      return view("error", explain(engine.failure), "error");
  }
}

/** Which model, on what: a slow runtime or a single thread explains slow suggestions. */
function inUse({ model, runtime, threads }: EngineInUse): string {
  return threads === 1 ? l10n.t("{0}; {1}, 1 thread", model, runtime) : l10n.t("{0}; {1}, {2} threads", model, runtime, threads);
}

function view(icon: string, what: string, severity: StatusView["severity"] = "none", hint?: string): StatusView {
  const title = `Unmask: ${what}`;
  return { text: `$(${icon}) Unmask`, title, label: hint === undefined ? title : `${title}: ${hint}`, severity };
}
