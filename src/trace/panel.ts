import { randomBytes } from "node:crypto";
import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { spokenLanguage } from "../words/uiLanguage";
import { panelHtml } from "./panelHtml";
import type { TraceRecorder } from "./recording";
import { TraceFeed } from "./traceFeed";
import { parsePageMessage } from "./traceProtocol";

const VIEW_TYPE = "unmask.trace";
const COMMAND = "unmask.showDenoisingTrace";

/**
 * The command that opens the denoising trace, one panel for the window, and its return after a reload of the window.
 * The page's script and style sheet are expected at dist/media/trace.js and trace.css.
 */
export function registerTrace(context: vscode.ExtensionContext, recorder: TraceRecorder): vscode.Disposable {
  const mediaRoot = vscode.Uri.joinPath(context.extensionUri, "dist", "media");
  let open: vscode.WebviewPanel | undefined;

  const take = (panel: vscode.WebviewPanel): void => {
    // A window that was saved with a panel may have opened another one before VS Code gives the first back.
    open?.dispose();
    open = panel;
    const feed = connect(panel, recorder, mediaRoot);
    panel.onDidDispose(() => {
      feed.dispose();
      if (open === panel) open = undefined;
    });
  };

  const command = vscode.commands.registerCommand(COMMAND, () => {
    if (open !== undefined) return open.reveal(undefined, true);
    const where = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    take(
      vscode.window.createWebviewPanel(VIEW_TYPE, l10n.t("Denoising Trace"), where, {
        enableScripts: true,
        localResourceRoots: [mediaRoot],
      }),
    );
  });
  const serializer = vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
    deserializeWebviewPanel: (panel) => {
      panel.webview.options = { enableScripts: true, localResourceRoots: [mediaRoot] };
      take(panel);
      return Promise.resolve();
    },
  });
  const panel = new vscode.Disposable(() => {
    open?.dispose();
  });
  return vscode.Disposable.from(command, serializer, panel);
}

function connect(panel: vscode.WebviewPanel, recorder: TraceRecorder, mediaRoot: vscode.Uri): TraceFeed {
  const { webview } = panel;
  const feed = new TraceFeed(
    recorder,
    // False means that the page is not there to hear it; it asks for everything when it is made again.
    (message) => void webview.postMessage(message),
    (callback, afterMs) => {
      const timer = setTimeout(callback, afterMs);
      return () => clearTimeout(timer);
    },
    () => performance.now(),
  );
  feed.setVisible(panel.visible);
  panel.onDidChangeViewState(() => feed.setVisible(panel.visible));
  webview.onDidReceiveMessage((message: unknown) => {
    const known = parsePageMessage(message);
    if (known !== undefined) feed.receive(known);
  });
  webview.html = panelHtml({
    cspSource: webview.cspSource,
    scriptUri: webview.asWebviewUri(vscode.Uri.joinPath(mediaRoot, "trace.js")).toString(),
    styleUri: webview.asWebviewUri(vscode.Uri.joinPath(mediaRoot, "trace.css")).toString(),
    nonce: randomBytes(16).toString("hex"),
    title: l10n.t("Denoising Trace"),
    rootId: "trace",
    language: spokenLanguage(),
  });
  return feed;
}
