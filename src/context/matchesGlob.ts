import * as vscode from "vscode";

/** Whether a glob of VS Code's names a file, open or not. The editor's own matcher reads of a document nothing but what is here. */
export function matchesGlob(uri: vscode.Uri, pattern: vscode.GlobPattern): boolean {
  const file: Pick<vscode.TextDocument, "uri" | "languageId"> = { uri, languageId: "" };
  return vscode.languages.match({ pattern }, file as vscode.TextDocument) > 0;
}
