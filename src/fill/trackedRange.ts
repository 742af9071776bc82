import * as vscode from "vscode";
import { shiftRange, type OffsetRange } from "./shiftRange";

/** A range of a document that goes along with edits elsewhere, and is lost when its own text changes. */
export class TrackedRange {
  private offsets: OffsetRange | undefined;
  private readonly listener: vscode.Disposable;

  constructor(
    readonly document: vscode.TextDocument,
    range: vscode.Range,
  ) {
    this.offsets = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
    this.listener = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document !== document) return;
      for (const { rangeOffset, rangeLength, text } of event.contentChanges) {
        const change = { start: rangeOffset, replacedChars: rangeLength, insertedChars: text.length };
        this.offsets = this.offsets && shiftRange(this.offsets, change);
      }
    });
  }

  /** Where it lies now; undefined: its text was changed, or the document is closed. */
  get current(): OffsetRange | undefined {
    return this.document.isClosed ? undefined : this.offsets;
  }

  dispose(): void {
    this.listener.dispose();
  }
}
