import * as vscode from "vscode";

const SCHEME = "unmask-context";

/**
 * "Show Context of Last Completion": a read-only document that is made anew each time.
 * @param report the Markdown; undefined: nothing was completed yet
 */
export function registerShowContext(report: () => string | undefined): vscode.Disposable {
  const document = vscode.Uri.from({ scheme: SCHEME, path: `/${vscode.l10n.t("Context of Last Completion")}.md` });
  const changed = new vscode.EventEmitter<vscode.Uri>();
  let shown = "";
  return vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, { onDidChange: changed.event, provideTextDocumentContent: () => shown }),
    vscode.commands.registerCommand("unmask.showContext", async () => {
      const now = report();
      if (now === undefined) {
        void vscode.window.showInformationMessage(vscode.l10n.t("Nothing has been completed in this window yet: type in a file first."));
        return;
      }
      shown = now;
      changed.fire(document);
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(document), { preview: true });
    }),
  );
}
