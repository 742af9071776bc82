import * as vscode from "vscode";
import { EngineError } from "../backends/engineError";
import type { Infill, InfillRequest } from "../backends/infiller";
import type { RecordedInfiller } from "../completion/recordedInfiller";
import type { Settings } from "../config";
import { documentLines } from "../context/documentLines";
import { readContext } from "../context/readContext";
import { FILL_SCHEME, FillPreview, showsPreview } from "./fillPreview";
import { FillSession } from "./fillSession";
import { fillVerdict } from "./fillVerdict";
import { TrackedRange } from "./trackedRange";

export interface FillParts {
  readonly infiller: RecordedInfiller;
  readonly settings: (scope: vscode.TextDocument) => Settings;
  /** Resolves when there is a model to ask; false: there is none, and the user knows why. */
  readonly untilModel: () => Promise<boolean>;
}

/** "Fill Selection", its preview, and what ends it. */
export class FillCommands implements vscode.Disposable {
  private readonly previews = new FillPreview();
  private session: FillSession | undefined;
  private running: AbortController | undefined;
  private readonly registrations: vscode.Disposable;

  constructor(private readonly parts: FillParts) {
    const { registerCommand } = vscode.commands;
    this.registrations = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(FILL_SCHEME, this.previews),
      registerCommand("unmask.fillSelection", () => this.fillSelection()),
      registerCommand("unmask.acceptFill", () => this.endSession((session) => session.accept())),
      registerCommand("unmask.discardFill", () => this.endSession((session) => session.discard())),
      registerCommand("unmask.cancelFill", () => this.running?.abort()),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        const { session } = this;
        if (session !== undefined && closed.some((tab) => showsPreview(tab, session.preview))) void this.endSession((ended) => ended.end());
      }),
    );
  }

  /** Whether the engine is busy with a fill, so that ghost text must not take it. */
  get isRunning(): boolean {
    return this.running !== undefined;
  }

  dispose(): void {
    this.running?.abort();
    this.registrations.dispose();
  }

  private async fillSelection(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined || editor.document.uri.scheme === FILL_SCHEME) {
      void vscode.window.showInformationMessage("Open a file and select what is to be filled, then run Fill Selection.");
      return;
    }
    this.running?.abort();
    await this.endSession((session) => session.end());
    const range = new TrackedRange(editor.document, editor.selection);
    const request = this.request(editor);
    const replaced = editor.document.getText(editor.selection).replaceAll("\r\n", "\n");
    const infill = await this.ask(request, editor);
    const verdict = infill === undefined ? ({ kind: "cancelled" } as const) : fillVerdict(infill, replaced);
    if (verdict.kind === "show") this.session = await FillSession.open(range, infill!.text, verdict.remark, this.previews);
    else if (verdict.kind === "nothing") void vscode.window.showInformationMessage(verdict.why);
    if (this.session === undefined) range.dispose();
    await setContext("unmask.fillPreview", this.session !== undefined);
  }

  private request({ document, selection }: vscode.TextEditor): InfillRequest {
    const settings = this.parts.settings(document);
    const { before, after } = readContext(documentLines(document), selection.start, selection.end);
    return {
      prefix: before,
      suffix: after,
      region: "span",
      languageId: document.languageId,
      maxTokens: settings["fill.maxTokens"],
      sampler: settings.sampler,
      ...(settings.blockSize === null ? {} : { blockSize: settings.blockSize }),
    };
  }

  /** @returns undefined where there is nothing to say: cancelled, or failed and told */
  private async ask(request: InfillRequest, editor: vscode.TextEditor): Promise<Infill | undefined> {
    const running = (this.running = new AbortController());
    const place = { file: vscode.workspace.asRelativePath(editor.document.uri), line: editor.selection.start.line + 1 };
    await setContext("unmask.filling", true);
    try {
      if (!(await this.parts.untilModel()) || running.signal.aborted) return undefined;
      return await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Window, title: "Unmask is filling (Escape cancels)" },
        (progress) =>
          this.parts.infiller.infill(request, place, {
            signal: running.signal,
            onStep: ({ pass, cells }) => {
              const revealed = cells.filter(({ state }) => state === "revealed").length;
              progress.report({ message: `pass ${pass}, ${revealed} tokens` });
            },
          }),
      );
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      void vscode.window.showErrorMessage(error.message);
      return undefined;
    } finally {
      if (this.running === running) {
        this.running = undefined;
        await setContext("unmask.filling", false);
      }
    }
  }

  private async endSession(end: (session: FillSession) => Promise<void>): Promise<void> {
    const { session } = this;
    if (session === undefined) return;
    this.session = undefined;
    await setContext("unmask.fillPreview", false);
    await end(session);
  }
}

async function setContext(key: string, value: boolean): Promise<void> {
  await vscode.commands.executeCommand("setContext", key, value);
}
