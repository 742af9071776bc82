import * as vscode from "vscode";
import type { StoreProgress } from "../model/store/storeProgress";
import { percentOf, progressWords } from "./progressWords";

/** A notification with a bar that can be cancelled, for as long as the model is got. */
export function showGetting(cancel: () => void): { report(progress: StoreProgress): void; end(): void } {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  let bar: vscode.Progress<{ message?: string; increment?: number }> | undefined;
  let stage: StoreProgress["stage"] | undefined;
  let shownPercent = 0;
  void vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: "Unmask", cancellable: true },
    (progress, token) => {
      bar = progress;
      token.onCancellationRequested(cancel);
      return ended;
    },
  );
  return {
    report(progress) {
      // The bar takes increments and can't go back: it fills once, with the stage that takes longest to watch.
      if (stage !== progress.stage) shownPercent = 0;
      stage = progress.stage;
      const percent = percentOf(progress) ?? 0;
      bar?.report({ message: progressWords(progress), ...(stage === "fetching" ? { increment: percent - shownPercent } : {}) });
      shownPercent = percent;
    },
    end,
  };
}
