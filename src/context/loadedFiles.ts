import * as vscode from "vscode";
import type { FileRules } from "./fileRules";
import type { LeftOutReason } from "./leftOut";
import { findText } from "./readText";
import { shownPath } from "./shownPath";
import { TextIndex } from "./textIndex";

/** The files that may be used, as they are now, with their definitions. Nothing comes in past the rules. */
export class LoadedFiles {
  readonly index = new TextIndex();

  constructor(private readonly rules: FileRules) {}

  /** Brings a file into the index. @returns why it is not there */
  async load(uri: vscode.Uri): Promise<LeftOutReason | "gone" | undefined> {
    const id = uri.toString();
    const reason = (await this.rules.refuse(uri)) ?? (mayRead(uri) ? undefined : "untrusted");
    const found = reason === undefined ? await findText(uri) : undefined;
    if (found === undefined) {
      this.index.delete(id);
      return reason ?? "gone";
    }
    if (this.index.has(id, found.version)) return undefined;
    const read = await found.read();
    if ("reason" in read) {
      this.index.delete(id);
      return read.reason;
    }
    return this.index.put(id, found.version, shownPath(uri), read.text) === undefined ? "tooLarge" : undefined;
  }

  /** @returns why a file may not be used; undefined: it may */
  refuse(uri: vscode.Uri): Promise<LeftOutReason | undefined> {
    return this.rules.refuse(uri);
  }

  /** What may be used changed: all that was read goes. */
  clear(): void {
    this.rules.clear();
    this.index.clear();
  }
}

/** In a folder that is not trusted only what the user has open is read. */
function mayRead(uri: vscode.Uri): boolean {
  return vscode.workspace.isTrusted || vscode.workspace.textDocuments.some((open) => open.uri.toString() === uri.toString());
}
