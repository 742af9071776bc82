import * as vscode from "vscode";

/** Three open windows must not hold three models for long. */
const UNFOCUSED_MS = 10 * 60_000;

/** Calls `sleep` when the window has been without focus for some minutes, and `wake` when it gets it back. */
export function sleepUnfocused(sleep: () => void, wake: () => void): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  const listener = vscode.window.onDidChangeWindowState(({ focused }) => {
    clearTimeout(timer);
    timer = focused ? undefined : setTimeout(sleep, UNFOCUSED_MS);
    if (focused) wake();
  });
  return vscode.Disposable.from(listener, { dispose: () => clearTimeout(timer) });
}
