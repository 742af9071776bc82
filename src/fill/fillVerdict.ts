import * as l10n from "@vscode/l10n";
import type { Infill } from "../backends/infiller";

/** What is said of a fill beside its preview, or in its place. Each is one sentence. */
export type FillVerdict =
  /** `remark`: what the user should know before accepting */
  | { readonly kind: "show"; readonly remark?: string }
  | { readonly kind: "nothing"; readonly why: string }
  /** the user cancelled */
  | { readonly kind: "cancelled" };

/** @param replaced what the selection holds now, `\n` line ends */
export function fillVerdict(infill: Infill, replaced: string): FillVerdict {
  if (infill.ended === "aborted") return { kind: "cancelled" };
  if (infill.text === "" && infill.ended === "deadline")
    return { kind: "nothing", why: l10n.t("The engine was not ready in time: try again in a moment.") };
  if (infill.text === replaced) {
    return {
      kind: "nothing",
      why:
        replaced === ""
          ? l10n.t("The model finds nothing to fill in here: select more, or write the first words yourself.")
          : l10n.t("The model would write exactly what is selected: select more, or change what stands around it."),
    };
  }
  if (infill.ended === "length")
    return { kind: "show", remark: l10n.t("it is as long as the setting {0} allows, and not finished", "unmask.fill.maxTokens") };
  return infill.fits ? { kind: "show" } : { kind: "show", remark: l10n.t("it does not lead into what follows") };
}
