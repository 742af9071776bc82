import * as vscode from "vscode";
import { notebookOf } from "./notebookOf";
import { sentPath } from "./sentPath";

/** The document's path as the model is told it; a cell's is its notebook's. Undefined: it has no name yet, and a made-up one would mislead. */
export function documentPath(document: vscode.TextDocument): string | undefined {
  const uri = notebookOf(document)?.uri ?? document.uri;
  if (uri.scheme === "untitled") return undefined;
  return sentPath(vscode.workspace.asRelativePath(uri, false));
}
