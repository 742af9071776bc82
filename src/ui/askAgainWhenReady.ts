import * as vscode from "vscode";
import { AskingAgain } from "../completion/askingAgain";
import type { Outcome } from "../completion/outcome";
import { isUp, type EngineState } from "../engine/engineState";
import type { EngineSupervisor } from "../engine/supervisor";
import { LateRequest, type Place } from "./lateRequest";

/** Asks once more for a suggestion that came to nothing because the engine was not there, as if the last character had been typed just now. */
export class AskAgainWhenReady implements vscode.Disposable {
  private readonly late: LateRequest;
  private readonly unlisten: () => void;
  private readonly asking = new AskingAgain();
  private before: EngineState["kind"] = "stopped";
  private soon: NodeJS.Immediate | undefined;

  constructor(
    private readonly supervisor: EngineSupervisor,
    private readonly onError: (error: unknown) => void,
  ) {
    this.late = new LateRequest(() => supervisor.state.kind);
    this.unlisten = supervisor.onState(({ kind }) => {
      const isBack = kind === "ready" && !isUp(this.before);
      this.before = kind;
      if (isBack) this.askWhereDue();
    });
  }

  /** Makes a request of the editor's. */
  async watch(document: vscode.TextDocument, position: vscode.Position, ask: () => Promise<Outcome>): Promise<Outcome> {
    const outcome = await this.late.watch(placeOf(document, position, position), ask);
    // It may have come back while the request ran; that it has died is known by then.
    clearImmediate(this.soon);
    this.soon = setImmediate(() => {
      if (this.supervisor.state.kind === "ready") this.askWhereDue();
    });
    return outcome;
  }

  /** VS Code calls what a command asks for invoked, for which there may be several lines. Nobody has invoked this. */
  contextOf(context: vscode.InlineCompletionContext): vscode.InlineCompletionContext {
    return this.asking.take() ? { ...context, triggerKind: vscode.InlineCompletionTriggerKind.Automatic } : context;
  }

  /** Makes VS Code ask at the cursor. */
  askNow(): Promise<void> {
    return this.asking.ask();
  }

  dispose(): void {
    clearImmediate(this.soon);
    this.unlisten();
  }

  private askWhereDue(): void {
    if (this.late.isDue(currentPlace())) this.asking.ask().then(undefined, this.onError);
  }
}

function currentPlace(): Place | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor && placeOf(editor.document, editor.selection.active, editor.selection.anchor);
}

function placeOf(document: vscode.TextDocument, active: vscode.Position, anchor: vscode.Position): Place {
  return {
    document: document.uri.toString(),
    version: document.version,
    positions: [active.line, active.character, anchor.line, anchor.character],
  };
}
