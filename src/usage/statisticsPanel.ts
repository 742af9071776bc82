import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { panelHtml } from "../trace/panelHtml";
import { spokenLanguage } from "../words/uiLanguage";
import { parseStatisticsRequest, type StatisticsMessage, type StatisticsRequest } from "./statisticsProtocol";
import { dayOf } from "./usageDays";
import { formatUsage } from "./usageFormat";
import type { UsageStore } from "./usageStore";
import { summarizeUsage } from "./usageSummary";

const VIEW_TYPE = "unmask.statistics";
const COMMAND = "unmask.showStatistics";
/** What was counted since is shown so often, while somebody looks. */
const REFRESH_MS = 5_000;

export interface StatisticsPanelParts {
  readonly store: UsageStore;
  /** Forgets what was learned of the user beside the counts. */
  readonly onDelete: () => void;
  readonly isCounting: () => boolean;
  readonly log: vscode.LogOutputChannel;
}

/** The command that opens the statistics, one panel for the window. Its script and style sheet are expected at dist/media/statistics.js and statistics.css. */
export function registerStatistics(context: vscode.ExtensionContext, parts: StatisticsPanelParts): vscode.Disposable {
  const mediaRoot = vscode.Uri.joinPath(context.extensionUri, "dist", "media");
  const options = { enableScripts: true, localResourceRoots: [mediaRoot] };
  let open: vscode.WebviewPanel | undefined;

  const take = (panel: vscode.WebviewPanel): void => {
    open?.dispose();
    open = panel;
    const page = connect(panel, parts, mediaRoot);
    panel.onDidDispose(() => {
      page.dispose();
      if (open === panel) open = undefined;
    });
  };
  const command = vscode.commands.registerCommand(COMMAND, () => {
    if (open !== undefined) return open.reveal();
    take(vscode.window.createWebviewPanel(VIEW_TYPE, vscode.l10n.t("Unmask Statistics"), vscode.ViewColumn.Active, options));
  });
  const serializer = vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
    deserializeWebviewPanel: (panel) => {
      panel.webview.options = options;
      take(panel);
      return Promise.resolve();
    },
  });
  const panel = new vscode.Disposable(() => {
    open?.dispose();
  });
  return vscode.Disposable.from(command, serializer, panel);
}

function connect(panel: vscode.WebviewPanel, parts: StatisticsPanelParts, mediaRoot: vscode.Uri): vscode.Disposable {
  const { webview } = panel;
  const send = async (): Promise<void> => {
    const summary = summarizeUsage(await parts.store.read(), dayOf(new Date()));
    const message: StatisticsMessage = { type: "statistics", summary, isCounting: parts.isCounting() };
    await webview.postMessage(message);
  };
  const answer = async ({ type }: StatisticsRequest): Promise<void> => {
    if (type === "export") await exportUsage(parts.store);
    if (type === "delete") await deleteUsage(parts);
    await send();
  };
  const sayFailure = (error: unknown): void => {
    parts.log.error(error instanceof Error ? error : String(error));
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(vscode.l10n.t("The statistics could not be changed or exported: {0}", reason));
  };
  const listener = webview.onDidReceiveMessage((message: unknown) => {
    const request = parseStatisticsRequest(message);
    if (request !== undefined) answer(request).catch(sayFailure);
  });
  const refresh = setInterval(() => {
    if (panel.visible) send().catch((error: unknown) => parts.log.warn(String(error)));
  }, REFRESH_MS);
  webview.html = panelHtml({
    cspSource: webview.cspSource,
    scriptUri: webview.asWebviewUri(vscode.Uri.joinPath(mediaRoot, "statistics.js")).toString(),
    styleUri: webview.asWebviewUri(vscode.Uri.joinPath(mediaRoot, "statistics.css")).toString(),
    nonce: randomBytes(16).toString("hex"),
    title: vscode.l10n.t("Unmask Statistics"),
    rootId: "statistics",
    language: spokenLanguage(),
  });
  return vscode.Disposable.from(listener, { dispose: () => clearInterval(refresh) });
}

async function exportUsage(store: UsageStore): Promise<void> {
  const name = `unmask-statistics-${dayOf(new Date())}.json`;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t("Export Statistics"),
    filters: { JSON: ["json"] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (target !== undefined) await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(formatUsage(await store.read())));
}

async function deleteUsage({ store, onDelete }: StatisticsPanelParts): Promise<void> {
  const yes = vscode.l10n.t("Delete");
  const detail = vscode.l10n.t("All that was counted until now is forgotten, and how sure a suggestion must be for you to take it.");
  const answer = await vscode.window.showWarningMessage(vscode.l10n.t("Delete Unmask's statistics?"), { modal: true, detail }, yes);
  if (answer !== yes) return;
  onDelete();
  await store.delete();
}
