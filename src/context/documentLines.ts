import type { TextDocument } from "vscode";
import type { LineSource } from "./readContext";

/** A document of the editor, read line by line. */
export function documentLines(document: TextDocument): LineSource {
  return { lineCount: document.lineCount, lineText: (line) => document.lineAt(line).text };
}
