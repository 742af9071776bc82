import * as vscode from "vscode";
import type { Suggestion } from "../completion/outcome";
import type { Offer, SettledOffer } from "./offer";
import { OfferLedger } from "./offerLedger";

/** Hidden: VS Code runs it when an offer was accepted to its end. */
const ACCEPTED_COMMAND = "unmask.offerAccepted";

/** A suggestion that goes to VS Code, and the question that it answers. */
export interface Offered {
  readonly document: vscode.TextDocument;
  readonly position: vscode.Position;
  readonly context: vscode.InlineCompletionContext;
  readonly suggestion: Suggestion;
  /** offered beside it: by key the user goes from one to the next, and VS Code does not say which is shown */
  readonly others: readonly Suggestion[];
  readonly latencyMs: number;
}

/** Tells what becomes of the suggestions that VS Code gets to show. */
export class OfferWatch implements vscode.Disposable {
  private readonly settled = new vscode.EventEmitter<SettledOffer>();
  private readonly ledger = new OfferLedger((offer) => this.settled.fire(offer));
  private readonly listeners: vscode.Disposable;
  private timer: NodeJS.Timeout | undefined;

  /** One event for each offer, when it is over. */
  readonly onSettled = this.settled.event;

  constructor() {
    const { workspace, window } = vscode;
    this.listeners = vscode.Disposable.from(
      workspace.onDidChangeTextDocument((event) => this.changed(event)),
      workspace.onDidCloseTextDocument((document) => this.tell((nowMs) => this.ledger.closed(document.uri.toString(), nowMs))),
      window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
        if (textEditor !== window.activeTextEditor) return;
        const [selection] = selections;
        const isOne = selections.length === 1 && selection?.isEmpty === true;
        this.tell((nowMs) =>
          isOne ? this.ledger.cursorAt(textEditor.document.uri.toString(), selection.active, nowMs) : this.ledger.left(nowMs),
        );
      }),
      window.onDidChangeActiveTextEditor(() => this.tell((nowMs) => this.ledger.left(nowMs))),
      // VS Code hides ghost text where the editor has not the focus.
      window.onDidChangeWindowState(({ focused }) => {
        if (!focused) this.tell((nowMs) => this.ledger.left(nowMs));
      }),
      vscode.commands.registerCommand(ACCEPTED_COMMAND, (id: unknown, instead: unknown) => {
        const other = typeof instead === "string" ? instead : undefined;
        if (typeof id === "number") this.tell((nowMs) => this.ledger.accepted(id, nowMs, other));
      }),
    );
  }

  /** A suggestion is about to be shown. @returns for its item, and then for each of the others', the command that tells when that was accepted */
  offered({ document, position, context, suggestion, others, latencyMs }: Offered): vscode.Command[] {
    const { replaceBefore, replaceAfter, source, sureness } = suggestion;
    const widgetText = context.selectedCompletionInfo?.text ?? "";
    const offer: Offer = {
      documentKey: document.uri.toString(),
      languageId: document.languageId,
      line: position.line,
      character: position.character,
      text: textAtCursor(suggestion),
      replaceAfter,
      widgetChars: Math.max(0, widgetText.length - replaceBefore),
      source,
      latencyMs,
      sureness,
      automatic: context.triggerKind === vscode.InlineCompletionTriggerKind.Automatic,
    };
    const { id, written } = this.tell((nowMs) => this.ledger.shown(offer, nowMs));
    // An alternative that is accepted is this offer accepted, in other words. More of it may be typed by then, and VS Code keep the command.
    return [[id], ...others.map((other) => [id, written + textAtCursor(other)])].map((args) => ({
      command: ACCEPTED_COMMAND,
      title: "",
      arguments: args,
    }));
  }

  dispose(): void {
    this.listeners.dispose();
    this.ledger.end(performance.now());
    clearTimeout(this.timer);
    this.settled.dispose();
  }

  private changed({ document, contentChanges, reason }: vscode.TextDocumentChangeEvent): void {
    const key = document.uri.toString();
    this.tell((nowMs) => {
      // What undo and redo bring in nobody accepts or types.
      if (reason !== undefined) return this.ledger.closed(key, nowMs);
      const changes = contentChanges.map(({ range, text }) => ({
        start: range.start,
        end: range.end,
        text: text.replaceAll("\r\n", "\n"),
      }));
      this.ledger.changed(key, changes, nowMs);
    });
  }

  /** Tells the ledger something, and sees to it that what waits is settled in time. */
  private tell<T>(what: (nowMs: number) => T): T {
    const result = what(performance.now());
    clearTimeout(this.timer);
    const { dueMs } = this.ledger;
    if (dueMs !== undefined)
      this.timer = setTimeout(() => this.tell((nowMs) => this.ledger.settleDue(nowMs)), Math.max(0, dueMs - performance.now()) + 1);
    return result;
  }
}

/** What of a suggestion comes in after the cursor. */
function textAtCursor({ insertText, replaceBefore }: Suggestion): string {
  return insertText.slice(replaceBefore);
}
