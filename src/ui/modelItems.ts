import * as l10n from "@vscode/l10n";
import { LEAST_COUNT, type ModelSpeed } from "../usage/modelSpeed";
import type { ModelState } from "./modelKeeper";

/** A model that comes with the extension. */
export interface ShippedModel {
  readonly title: string;
  readonly licence: string;
  /** language ids it was trained on */
  readonly languages: readonly string[];
  /** of its base, which is fetched */
  readonly bytes: number;
  /** measured on this machine; undefined: not yet */
  readonly speed: ModelSpeed | undefined;
}

export interface ModelChoices {
  readonly shipped: ShippedModel;
  readonly state: ModelState;
  /** folder of a prepared model that a setting names; "": none */
  readonly path: string;
  /** the base's GGUF that a setting names; "": none */
  readonly baseFile: string;
}

export type ModelAction = "useShipped" | "chooseBaseFile" | "choosePrepared";

export interface ModelItem {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly action: ModelAction;
}

/** What the model picker offers: the model that comes with Unmask, its base from a file of the user's, or a folder that is prepared already. */
export function modelItems({ shipped, state, path, baseFile }: ModelChoices): readonly ModelItem[] {
  const size = l10n.t("{0} MB to fetch, once", Math.round(shipped.bytes / 1e6));
  const isInUse = path === "" && state.kind === "have";
  return [
    {
      label: `${isInUse ? "$(check) " : ""}${shipped.title}`,
      description: [path === "" ? stateWords(state) : l10n.t("not in use"), size, shipped.licence].join(" · "),
      detail: l10n.t("{0} Trained on {1}.", speedWords(shipped.speed), shipped.languages.join(", ")),
      action: "useShipped",
    },
    {
      label: l10n.t("$(file-binary) Its base from a GGUF file of your own…"),
      ...(baseFile === "" ? {} : { description: baseFile }),
      detail: l10n.t("Nothing is fetched: the file is used where it lies, once its hash is right."),
      action: "chooseBaseFile",
    },
    {
      label: `${path === "" ? "" : "$(check) "}${l10n.t("$(folder-opened) A folder with a prepared model…")}`,
      ...(path === "" ? {} : { description: path }),
      detail: l10n.t("Used as it is."),
      action: "choosePrepared",
    },
  ];
}

function stateWords(state: ModelState): string {
  switch (state.kind) {
    case "have":
      return l10n.t("installed");
    case "getting":
      return l10n.t("being fetched");
    case "unknown":
    case "missing":
    case "failed":
      return l10n.t("not installed");
  }
}

function speedWords(speed: ModelSpeed | undefined): string {
  return speed === undefined || speed.count < LEAST_COUNT
    ? l10n.t("Its speed has not been measured on this machine yet.")
    : l10n.t("{0} tokens a second on this machine.", Math.round(speed.tokensPerSecond));
}
