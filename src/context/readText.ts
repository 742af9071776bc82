import { readFile, stat } from "node:fs/promises";
import * as vscode from "vscode";
import type { LeftOutReason } from "./leftOut";
import { MOST_FILE_CHARS } from "./textIndex";

/** Bytes of a UTF-16 unit in UTF-8, at most. */
const MOST_BYTES = 3 * MOST_FILE_CHARS;

export type TextRead = { readonly text: string } | { readonly reason: LeftOutReason };

/** A file as it is now: in the editor where it is open, else on the disk. */
export interface FoundText {
  /** another one is another text */
  readonly version: string;
  /** with `\n` line ends */
  readonly read: () => Promise<TextRead>;
}

/** @returns undefined where there is no such file */
export async function findText(uri: vscode.Uri): Promise<FoundText | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open !== undefined) return { version: `open:${open.version}`, read: () => Promise.resolve(readOpen(open)) };
  const found = await stat(uri.fsPath).catch(() => undefined);
  if (found?.isFile() !== true) return undefined;
  return { version: `${found.mtimeMs} ${found.size}`, read: () => readFromDisk(uri.fsPath, found.size) };
}

function readOpen(document: vscode.TextDocument): TextRead {
  const chars = document.offsetAt(new vscode.Position(document.lineCount, 0));
  return chars > MOST_FILE_CHARS ? { reason: "tooLarge" } : { text: document.getText().replaceAll("\r\n", "\n") };
}

async function readFromDisk(file: string, size: number): Promise<TextRead> {
  if (size > MOST_BYTES) return { reason: "tooLarge" };
  const bytes = await readFile(file).catch(() => undefined);
  if (bytes === undefined || bytes.includes(0)) return { reason: "unreadable" };
  return { text: bytes.toString("utf8").replace(/^\uFEFF/, "").replaceAll("\r\n", "\n") }; // prettier-ignore
}
