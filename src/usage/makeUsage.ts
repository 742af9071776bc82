import * as vscode from "vscode";
import { OfferWatch } from "./offerWatch";
import { registerStatistics } from "./statisticsPanel";
import { UsageStore } from "./usageStore";

export interface Usage extends vscode.Disposable {
  readonly offers: OfferWatch;
  /** Settles what is shown, and writes what was counted. */
  end(): Promise<void>;
}

/** Watches what becomes of suggestions, counts it while `isCounting` says so, and registers the command that shows it. */
export function makeUsage(
  context: vscode.ExtensionContext,
  isCounting: () => boolean,
  onDelete: () => void,
  log: vscode.LogOutputChannel,
): Usage {
  const offers = new OfferWatch();
  const store = new UsageStore({
    directory: context.globalStorageUri.fsPath,
    now: () => new Date(),
    after: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    onLog: (line) => log.warn(line),
  });
  const counting = offers.onSettled((settled) => {
    if (isCounting()) store.add(settled);
  });
  const registered = vscode.Disposable.from(offers, counting, registerStatistics(context, { store, isCounting, onDelete, log }));
  return {
    offers,
    end: () => {
      offers.dispose();
      return store.dispose();
    },
    dispose: () => {
      registered.dispose();
    },
  };
}
