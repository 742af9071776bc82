import * as vscode from "vscode";

/** What an editor that shows the document indents by. Undefined where none does. */
export function indentUnitOf(document: vscode.TextDocument): string | undefined {
  const options = vscode.window.visibleTextEditors.find((editor) => editor.document === document)?.options;
  if (options === undefined) return undefined;
  if (options.insertSpaces === false) return "\t";
  // They are numbers wherever they are read.
  const width = options.indentSize ?? options.tabSize;
  return typeof width === "number" ? " ".repeat(width) : undefined;
}
