import * as l10n from "@vscode/l10n";
import type { ConsentRequest } from "../model/store/baseSource";
import { decimals } from "../words/decimals";

/** The question before anything big is fetched: what, how big, which licence, from where. */
export function consentText({ title, bytes, licence, from }: ConsentRequest): string {
  const size = bytes >= 1e9 ? `${decimals(bytes / 1e9, 1)} GB` : `${Math.round(bytes / 1e6)} MB`;
  return l10n.t("Unmask needs a model on this machine: {0}, {1}, licence {2}, from {3}. Get it now?", title, size, licence, from);
}
