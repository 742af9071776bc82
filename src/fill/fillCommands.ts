import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { EngineError } from "../backends/engineError";
import type { Infill, InfillRequest } from "../backends/infiller";
import type { RecordedInfiller } from "../completion/recordedInfiller";
import type { Settings } from "../config";
import { contextAround } from "../context/contextAround";
import { documentPath } from "../context/documentPath";
import type { RelatedFiles } from "../context/relatedFiles";
import type { SyntaxTrees } from "../region/syntaxTrees";
import { sayProblem } from "../ui/sayProblem";
import { closeOldPreviews, FILL_SCHEME, FillPreview, showsPreview } from "./fillPreview";
import { FillSession } from "./fillSession";
import { fillVerdict } from "./fillVerdict";
import { pickRegion } from "./pickRegion";
import { sayRangeLost } from "./sayRangeLost";
import { TrackedRange } from "./trackedRange";
import { commandTitle } from "../words/commandTitle";

export interface FillParts {
  readonly infiller: RecordedInfiller;
  readonly related: Pick<RelatedFiles, "at">;
  readonly trees: SyntaxTrees;
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
      registerCommand("unmask.fillNode", () => this.fillNode()),
      registerCommand("unmask.acceptFill", () => this.endSession((session) => session.accept())),
      registerCommand("unmask.discardFill", () => this.endSession((session) => session.discard())),
      registerCommand("unmask.cancelFill", () => this.running?.abort()),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        const { session } = this;
        if (session !== undefined && closed.some((tab) => showsPreview(tab, session.preview))) void this.endSession((ended) => ended.end());
      }),
    );
    // An extension host that ended in the middle of a fill left its keys and its tabs behind.
    void Promise.all([setContext("unmask.fillPreview", false), setContext("unmask.filling", false), closeOldPreviews()]);
  }

  /** Whether the engine is busy with a fill, so that ghost text must not take it. */
  get isRunning(): boolean {
    return this.running !== undefined;
  }

  dispose(): void {
    this.running?.abort();
    this.registrations.dispose();
  }

  /** Without a selection there is a choice of what to fill around the cursor. */
  private async fillSelection(): Promise<void> {
    const editor = editorToFill();
    if (editor === undefined) return;
    if (editor.selection.isEmpty) await this.fillNode();
    else await this.fillRange(editor.document, editor.selection);
  }

  private async fillNode(): Promise<void> {
    const editor = editorToFill();
    if (editor === undefined) return;
    const range = await pickRegion(editor, this.parts.trees);
    if (range !== undefined) await this.fillRange(editor.document, range);
  }

  private async fillRange(document: vscode.TextDocument, selected: vscode.Range): Promise<void> {
    const range = new TrackedRange(document, selected);
    try {
      this.running?.abort();
      await this.endSession((session) => session.end());
      const session = await this.fill(range);
      if (session === undefined) return range.dispose();
      // Another fill may have ended while this one was asked for: there is one preview.
      await this.endSession((other) => other.end());
      this.session = session;
      await setContext("unmask.fillPreview", true);
    } catch (error) {
      range.dispose();
      throw error;
    }
  }

  /** Asks for the fill and opens its preview. @returns undefined where there is none; the user knows why */
  private async fill(range: TrackedRange): Promise<FillSession | undefined> {
    // The question for the model may stay open, and its download takes minutes: Escape and ghost text are left alone meanwhile.
    if (!(await this.parts.untilModel())) return undefined;
    const { document, current: offsets } = range;
    if (offsets === undefined) {
      sayRangeLost();
      return undefined;
    }
    const selected = new vscode.Range(document.positionAt(offsets.start), document.positionAt(offsets.end));
    const replaced = document.getText(selected).replaceAll("\r\n", "\n");
    const infill = await this.ask(document, selected);
    if (infill === undefined) return undefined;
    const verdict = fillVerdict(infill, replaced);
    if (verdict.kind === "nothing") void vscode.window.showInformationMessage(verdict.why);
    return verdict.kind === "show" ? FillSession.open(range, infill.text, verdict.remark, this.previews) : undefined;
  }

  private request(document: vscode.TextDocument, { start, end }: vscode.Range): InfillRequest {
    const settings = this.parts.settings(document);
    const around = contextAround(document, start, end);
    const path = documentPath(document);
    return {
      prefix: around.before,
      suffix: around.after,
      region: "span",
      languageId: document.languageId,
      ...(path === undefined ? {} : { path, related: this.parts.related.at(document, start.line, around, settings["context.related"]) }),
      maxTokens: settings["fill.maxTokens"],
      sampler: settings.sampler,
      ...(settings.blockSize === null ? {} : { blockSize: settings.blockSize }),
    };
  }

  /** @returns undefined where it failed, which is told */
  private async ask(document: vscode.TextDocument, selected: vscode.Range): Promise<Infill | undefined> {
    this.running?.abort();
    const running = (this.running = new AbortController());
    const place = { file: vscode.workspace.asRelativePath(document.uri), line: selected.start.line + 1 };
    try {
      await setContext("unmask.filling", true);
      return await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Window, title: l10n.t("Unmask is filling (Escape cancels)") },
        (progress) =>
          this.parts.infiller.infill(this.request(document, selected), place, {
            signal: running.signal,
            onStep: ({ pass, cells }) => {
              const revealed = cells.filter(({ state }) => state === "revealed").length;
              progress.report({ message: l10n.t("pass {0}, {1} tokens", pass, revealed) });
            },
          }),
      );
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      sayProblem(error.message);
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

/** The editor with code in it; undefined: there is none, which is said. */
function editorToFill(): vscode.TextEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor !== undefined && editor.document.uri.scheme !== FILL_SCHEME) return editor;
  void vscode.window.showInformationMessage(
    l10n.t("Open a file and select what is to be filled, then run {0}.", commandTitle("fillSelection")),
  );
  return undefined;
}

async function setContext(key: string, value: boolean): Promise<void> {
  await vscode.commands.executeCommand("setContext", key, value);
}
