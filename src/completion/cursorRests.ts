import * as vscode from "vscode";
import type { InlineProvider } from "./provider";

/** So long the cursor stands still before the engine reads there: one that is moved through lines by key or by mouse does not. */
const REST_MS = 80;

/** Tells the provider where the cursor rests. @returns what ends that, and `now`, which tells it at once */
export function cursorRests(provider: InlineProvider): vscode.Disposable & { readonly now: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const now = (): void => {
    const editor = vscode.window.activeTextEditor;
    if (editor?.selections.length === 1 && editor.selection.isEmpty) provider.rest(editor.document, editor.selection.active);
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(now, REST_MS);
  };
  const listeners = vscode.Disposable.from(
    vscode.window.onDidChangeTextEditorSelection(soon),
    vscode.window.onDidChangeActiveTextEditor(soon),
  );
  return {
    now,
    dispose: () => {
      clearTimeout(timer);
      listeners.dispose();
    },
  };
}
