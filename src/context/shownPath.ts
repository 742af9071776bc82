import * as vscode from "vscode";
import { sentPath } from "./sentPath";

/** A file's path as it is sent and shown. */
export function shownPath(uri: vscode.Uri): string {
  return sentPath(vscode.workspace.asRelativePath(uri, false));
}
