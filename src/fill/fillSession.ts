import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { FillPreview } from "./fillPreview";
import { filledText, withLineEnds } from "./fillText";
import { sayRangeLost } from "./sayRangeLost";
import type { TrackedRange } from "./trackedRange";
import { commandTitle } from "../words/commandTitle";

/** One fill, from its preview to its end: accepted, discarded or closed. */
export class FillSession {
  private constructor(
    readonly preview: vscode.Uri,
    private readonly range: TrackedRange,
    private readonly fill: string,
    private readonly previews: FillPreview,
  ) {}

  /** Shows the comparison. @returns undefined where the range is lost already, which is said */
  static async open(
    range: TrackedRange,
    fillText: string,
    remark: string | undefined,
    previews: FillPreview,
  ): Promise<FillSession | undefined> {
    const offsets = range.current;
    if (offsets === undefined) {
      sayRangeLost();
      return undefined;
    }
    const { document } = range;
    const fill = withLineEnds(fillText, document.eol === vscode.EndOfLine.CRLF ? "\r\n" : "\n");
    const name = vscode.workspace.asRelativePath(document.uri);
    const title = remark === undefined ? l10n.t("{0}: fill", name) : l10n.t("{0}: fill ({1})", name, remark);
    const preview = await previews.open(document, filledText(document.getText(), offsets, fill), title);
    return new FillSession(preview, range, fill, previews);
  }

  /** Writes the fill into the document as one edit, and so one undo. */
  async accept(): Promise<void> {
    const offsets = this.range.current;
    const { document } = this.range;
    await this.end();
    if (offsets === undefined) {
      sayRangeLost();
      return;
    }
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(document.positionAt(offsets.start), document.positionAt(offsets.end)), this.fill);
    if (!(await vscode.workspace.applyEdit(edit))) {
      void vscode.window.showWarningMessage(
        l10n.t("VS Code refused the edit: check that the file can be written, then run {0} again.", commandTitle("fillSelection")),
      );
      return;
    }
    await this.show(document.positionAt(offsets.start + this.fill.length));
  }

  async discard(): Promise<void> {
    const offsets = this.range.current;
    await this.end();
    if (offsets !== undefined) await this.show();
  }

  /** The preview's tab is closed already, or about to be. */
  async end(): Promise<void> {
    this.range.dispose();
    await this.previews.close(this.preview);
  }

  private async show(cursor?: vscode.Position): Promise<void> {
    const selection = cursor === undefined ? {} : { selection: new vscode.Range(cursor, cursor) };
    // A notebook's cell is no text editor of its own.
    if (this.range.document.uri.scheme !== "vscode-notebook-cell") await vscode.window.showTextDocument(this.range.document, selection);
  }
}
