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
      vscode.commands.registerCommand(ACCEPTED_COMMAND, (id: unknown) => {
        if (typeof id === "number") this.tell((nowMs) => this.ledger.accepted(id, nowMs));
      }),
    );
  }

  /** A suggestion is about to be shown. @returns the command that tells when it was accepted, for VS Code's item */
  offered({ document, position, context, suggestion, latencyMs }: Offered): vscode.Command {
    const { insertText, replaceBefore, replaceAfter, source, sureness } = suggestion;
    const widgetText = context.selectedCompletionInfo?.text ?? "";
    const offer: Offer = {
      documentKey: document.uri.toString(),
      languageId: document.languageId,
      line: position.line,
      character: position.character,
      text: insertText.slice(replaceBefore),
      replaceAfter,
      widgetChars: Math.max(0, widgetText.length - replaceBefore),
      source,
      latencyMs,
      sureness,
      automatic: context.triggerKind === vscode.InlineCompletionTriggerKind.Automatic,
    };
    return { command: ACCEPTED_COMMAND, title: "", arguments: [this.tell((nowMs) => this.ledger.shown(offer, nowMs))] };
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
