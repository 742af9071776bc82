import * as l10n from "@vscode/l10n";
import type { StoreProgress } from "../model/store/storeProgress";
import { decimals } from "../words/decimals";

/** Whole percent, or undefined where it is not known. */
export function percentOf({ done, total }: StoreProgress): number | undefined {
  return total > 0 ? Math.floor((100 * Math.min(done, total)) / total) : undefined;
}

/** What the store does, for people: "fetching the model, 41 %, 12.3 MB/s, 25 s left". */
export function progressWords(progress: StoreProgress): string {
  const percent = percentOf(progress);
  const speed = progress.bytesPerSecond === undefined ? "" : `, ${decimals(progress.bytesPerSecond / 1e6, 1)} MB/s`;
  return `${stageWords(progress.stage)}${percent === undefined ? "" : `, ${percent} %`}${speed}${leftWords(progress)}`;
}

/** "" where the speed or the size is not known, and at the end. */
function leftWords({ done, total, bytesPerSecond }: StoreProgress): string {
  if (bytesPerSecond === undefined || bytesPerSecond <= 0 || total <= done) return "";
  const seconds = Math.ceil((total - done) / bytesPerSecond);
  return `, ${seconds < 60 ? l10n.t("{0} s left", seconds) : l10n.t("{0} min left", Math.ceil(seconds / 60))}`;
}

function stageWords(stage: StoreProgress["stage"]): string {
  switch (stage) {
    case "waiting":
      return l10n.t("waiting for another window that prepares the model");
    case "checking":
      return l10n.t("checking the model's files");
    case "fetching":
      return l10n.t("fetching the model");
    case "joining":
      return l10n.t("joining the model's parts");
    case "verifying":
      return l10n.t("verifying the model");
    case "preparing":
      return l10n.t("preparing the model");
  }
}
