import * as vscode from "vscode";
import type { EngineSupervisor } from "../engine/supervisor";
import { SLEEP_LIMITS, SleepTimer } from "./sleepTimer";

/** Calls `sleep` when the engine has not been used for some minutes, and `wake` when the window gets the focus back. */
export function sleepWhenUnused(supervisor: EngineSupervisor, sleep: () => void, wake: () => void): vscode.Disposable {
  const timer = new SleepTimer({
    limits: SLEEP_LIMITS,
    nowMs: () => performance.now(),
    after: (ms, run) => {
      const timeout = setTimeout(run, ms);
      return () => clearTimeout(timeout);
    },
    sleep,
  });
  timer.focus(vscode.window.state.focused);
  const unlisten = supervisor.onState(({ kind }) => {
    if (kind === "thinking") timer.begin();
    else if (kind === "ready") timer.rest();
    else timer.gone();
  });
  const listener = vscode.window.onDidChangeWindowState(({ focused }) => {
    timer.focus(focused);
    if (focused) wake();
  });
  return vscode.Disposable.from(listener, { dispose: unlisten }, { dispose: () => timer.gone() });
}
