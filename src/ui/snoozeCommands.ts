import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { Snooze } from "./snooze";

const MINUTE_MS = 60_000;

interface Choice extends vscode.QuickPickItem {
  readonly choose: () => void;
}

/** A snooze by the window's clock and timers, which package.json's menus know too. */
export function makeSnooze(onChange: () => void): Snooze {
  const snooze = new Snooze({
    nowMs: () => Date.now(),
    after: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    onChange: () => {
      void vscode.commands.executeCommand("setContext", "unmask.snoozed", snooze.end !== undefined);
      onChange();
    },
  });
  return snooze;
}

/** The commands that put suggestions off for a while, and wake them. */
export function registerSnooze(snooze: Snooze): vscode.Disposable {
  const choices = (): Choice[] => {
    const begin = (label: string, forMs: number | undefined): Choice => ({
      label: `$(bell-slash) ${label}`,
      choose: () => snooze.begin(forMs),
    });
    const wake: Choice = { label: `$(bell) ${l10n.t("Wake up")}`, choose: () => snooze.wake() };
    return [
      ...(snooze.end === undefined ? [] : [wake]),
      begin(l10n.t("For 5 minutes"), 5 * MINUTE_MS),
      begin(l10n.t("For 15 minutes"), 15 * MINUTE_MS),
      begin(l10n.t("For an hour"), 60 * MINUTE_MS),
      begin(l10n.t("Until the window closes"), undefined),
    ];
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand("unmask.snooze", async () => {
      const title = l10n.t("Unmask: Snooze Suggestions");
      const picked = await vscode.window.showQuickPick(choices(), {
        title,
        placeHolder: l10n.t("How long shall no suggestions come in this window?"),
      });
      picked?.choose();
    }),
    vscode.commands.registerCommand("unmask.endSnooze", () => snooze.wake()),
    snooze,
  );
}
